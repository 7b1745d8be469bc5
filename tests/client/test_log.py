"""What is written down: enough to find a fault, nothing of a pupil, no token (style.md 14, security.md 12)."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from client import log
from sync.errors import RuleError
from tests.kit.logguard import LogGuard

PUPIL = "018f0000-0000-7000-8000-0000000000aa"


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Path]:
    handler = log.start(tmp_path / "logs", b"k" * 16)
    yield tmp_path / "logs" / log.NAME
    log.stop(handler)


def test_a_line_says_when_where_and_what(written: Path) -> None:
    logging.getLogger("keyaki.sync").info("pushed %d groups", 3)
    assert " INFO keyaki.sync: pushed 3 groups\n" in written.read_text("utf-8")


def test_no_name_reaches_the_file_not_even_through_a_traceback(written: Path) -> None:
    def refuse() -> None:
        raise RuleError(value="髙橋 陽菜", escaped=ascii("髙橋"))

    try:
        refuse()
    except RuleError:
        logging.getLogger("keyaki.grades").info("refused 髙橋 %s", "陽菜", exc_info=True)
    text = written.read_text("utf-8")
    assert "RuleError" in text
    assert not set("髙橋陽菜") & set(text)
    assert "9ad9" not in text


def test_an_id_is_told_from_another_but_cannot_be_read(written: Path) -> None:
    logger = logging.getLogger("keyaki.sync")
    logger.info("one %s same %s other %s", PUPIL, PUPIL.upper(), PUPIL.replace("aa", "ab"))
    text = written.read_text("utf-8")
    one, same, other = (word for word in text.split() if word.startswith("id:"))
    assert PUPIL not in text.lower()
    assert one == same != other


def test_a_token_is_taken_out(written: Path) -> None:
    logging.getLogger("keyaki.http").info("Authorization: Bearer %s", "Zm9v" * 12)
    assert "Zm9vZm9v" not in written.read_text("utf-8")


def test_other_peoples_chatter_is_not_written_down_but_their_warnings_are(written: Path, logs: LogGuard) -> None:
    logs.announce("httpx", "odd")
    logging.getLogger("httpx").info("HTTP Request: GET https://keyaki.example/v1/schools/x")
    logging.getLogger("httpx").warning("odd")
    text = written.read_text("utf-8")
    assert "WARNING httpx: odd" in text
    assert "keyaki.example" not in text


def test_the_file_is_turned_over_before_it_grows_without_end(written: Path) -> None:
    logger = logging.getLogger("keyaki.sync")
    for _ in range(log.SIZE // 1000 + 100):
        logger.info("word " * 200)
    files = list(written.parent.iterdir())
    assert len(files) == 2
    assert all(file.stat().st_size <= log.SIZE for file in files)
