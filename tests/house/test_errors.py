"""Every numbered error has its words: both languages, five texts each, a number of its own."""

import csv
import importlib
from functools import cache

from sync.errors import AccessError, Defect, FormError, KeyakiError, RuleError, SiteError, StoreError, SyncError
from tests.house.source import ROOT, modules

ROOTS = {KeyakiError, StoreError, AccessError, SyncError, RuleError, FormError, SiteError}
FIRST_DIGIT = {StoreError: 1, AccessError: 2, SyncError: 3, RuleError: 4, FormError: 5, SiteError: 6, Defect: 9}
LANGUAGES = ("en", "ja")
# What happened, what is safe, what the teacher does, what IT does, whether it can be repeated.
TEXTS = ("happened", "safe", "teacher", "it", "repeat")


@cache
def kinds() -> tuple[type[KeyakiError], ...]:
    """Every kind of error with a number, from all modules; a kind without one is worded as its parent."""
    for module in modules("client", "sync"):
        if not module.name.endswith("__main__") and "/migrations/" not in module.path:
            importlib.import_module(module.name)
    found, waiting = [], [KeyakiError]
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        ours = kind.__module__.split(".")[0] in {"client", "sync"}  # tests make kinds of their own
        if ours and kind not in ROOTS and "NUMBER" in vars(kind):
            found.append(kind)
    return tuple(sorted(found, key=lambda kind: (kind.NUMBER, kind.__qualname__)))


@cache
def rows() -> tuple[dict[str, str], ...]:
    """resources/terms/errors.csv."""
    with (ROOT / "resources" / "terms" / "errors.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def test_no_number_is_used_by_two_kinds_of_error_nor_worded_twice() -> None:
    assert len({kind.NUMBER for kind in kinds()}) == len(kinds())
    assert len({row["number"] for row in rows()}) == len(rows())


def test_every_number_lies_in_the_range_of_its_root() -> None:
    wrong = [
        kind
        for kind in kinds()
        for root, digit in FIRST_DIGIT.items()
        if issubclass(kind, root) and digit != kind.NUMBER // 1000
    ]
    assert wrong == []


def test_every_error_has_words_and_every_row_has_its_error() -> None:
    assert {row["number"] for row in rows()} == {f"E-{kind.NUMBER}" for kind in kinds()}


def test_every_row_says_five_things_in_both_languages() -> None:
    columns = {f"{text}_{language}" for text in TEXTS for language in LANGUAGES}
    assert [
        (row["number"], column) for row in rows() for column in sorted(columns) if not (row.get(column) or "").strip()
    ] == []
