"""What a person set is there the next time, whatever else the file holds."""

import json
from pathlib import Path

import pytest

from client.settings import LANGUAGE, OPTIONS, SERVER, TEXT_SCALE, Settings


def test_a_value_set_once_is_there_the_next_time(tmp_path: Path) -> None:
    Settings(tmp_path / "p" / "settings.json").keep(TEXT_SCALE, 115)
    assert Settings(tmp_path / "p" / "settings.json").value(TEXT_SCALE) == 115


def test_a_value_an_option_does_not_take_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="language"):
        Settings(tmp_path / "settings.json").keep(LANGUAGE, "fr")


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"text_scale": "115"}', '{"text_scale": true}', '{"text_scale": 7}'])
def test_what_is_damaged_or_out_of_range_counts_as_the_default(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.json").write_text(text, "utf-8")
    assert Settings(tmp_path / "settings.json").value(TEXT_SCALE) == 100


def test_what_a_newer_version_set_stays_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"text_scale": 400, "new": [1]}', "utf-8")
    Settings(path).keep(LANGUAGE, "en")
    assert json.loads(path.read_text("utf-8")) == {"text_scale": 400, "new": [1], "language": "en"}


def test_the_command_line_wins_and_is_not_written_down(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json", {LANGUAGE: "en"})
    settings.keep(SERVER, "https://keyaki.example")
    assert settings.value(LANGUAGE) == "en"
    assert Settings(tmp_path / "settings.json").value(LANGUAGE) == "ja"


def test_every_option_is_named_once_and_takes_its_own_default() -> None:
    assert len({option.key for option in OPTIONS}) == len(OPTIONS)
    assert all(option.takes(option.default) for option in OPTIONS)
