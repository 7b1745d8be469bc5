"""The page of sync shows what was merged without asking, calmly: whose changes met, all values, and the way there."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from client.syncing import merges
from client.syncing.merges import MergedEntry
from client.widgets.diff_text import DiffText
from client.widgets.label import Label
from client.widgets.paragraph import Paragraph
from client.workspace import Put
from tests.kit.classroom import CLASS, MATH, TANAKA
from tests.kit.pair import Pair, Seen, Teacher

TEXT = "筆算の仕方が分かりました。図をかいて考えます。見直しもできました。"
MINE = TEXT.replace("見直しもできました。", "見直しを続けています。")
HERS = TEXT.replace("筆算の仕方が分かりました。", "筆算の意味を説明できます。")
BOTH = MINE.replace("筆算の仕方が分かりました。", "筆算の意味を説明できます。")
NONE = "Nothing new. When your changes and those of others met and both could stand, it is told here."


def remark_of(pair: Pair, number: int) -> str:
    """A text about mathematics that both teachers write at; its id."""
    tanaka, sato = pair.tanaka.desk, pair.sato.desk
    (row,) = tanaka.workspace.rows("SELECT pupil FROM membership WHERE number = ? LIMIT 1", (number,))
    key = {"pupil": row.pupil, "term": "2026-2", "box": "s.math", "@class": CLASS, "@lesson": MATH}
    saved = tanaka.workspace.edit("remarks.text", [Put("remark", key | {"text": TEXT})])
    tanaka.sync()
    sato.sync()
    return saved.records[0][1]


def join(pair: Pair, number: int, other: Teacher | None = None) -> str:
    """Both change the text without knowing of each other; the record's id."""
    id_ = remark_of(pair, number)
    colleague = other or pair.sato
    colleague.desk.sync()
    colleague.put("remark", id_, text=HERS)
    pair.tanaka.put("remark", id_, text=MINE)
    return id_


def beside(pair: Pair, number: int) -> str:
    """The colleague writes a note beside a score that the class teacher changes meanwhile; the record's id."""
    id_ = pair.tanaka.score(number).id
    pair.sato.put("score", id_, note="再テスト")
    pair.tanaka.put("score", id_, state="scored", value=71_00)
    return id_


def said(entry: MergedEntry) -> list[str]:
    """All that an entry says, texts that are shown with their differences last."""
    found = [each.text() for kind in (Label, Paragraph) for each in entry.findChildren(kind)]
    return found + [each.accessibleName() for each in entry.findChildren(DiffText)]


def test_a_text_joined_with_a_colleagues_shows_who_when_where_and_all_values(seen: Seen) -> None:
    join(seen.pair, 4)
    page = seen.sync()
    (entry,) = page.merged.entries
    assert entry.who.text() == "Put together with a change of 佐藤-sensei (職員室PC, 8:31)."
    assert [each.accessibleName() for each in entry.findChildren(DiffText)] == [MINE, HERS, BOTH]
    words = said(entry)
    assert {"Yours", "The other's", "Now"} <= set(words)
    assert seen.pair.tanaka.desk.workspace.rows("SELECT 1 FROM conflict WHERE state = 'open'") == []
    assert page.merged.count.text() == "1 field(s)"
    assert not entry.open_button.isHidden(), "a remark is read on the card of its pupil"
    assert page.sentence.text() == "Sent 8:31", "no alarm"


def test_what_has_been_seen_leaves_the_list_for_good(seen: Seen) -> None:
    join(seen.pair, 4)
    beside(seen.pair, 5)
    page = seen.sync()
    assert len(page.merged.entries) == 2
    page.merged.entries[0].seen_button.setFocus()
    page.merged.entries[0].seen_button.click()
    (left,) = page.merged.entries
    assert left.seen_button.hasFocus()
    assert page.merged.all_seen.isHidden()
    left.seen_button.click()
    assert (page.merged.entries, page.merged.told.text()) == ([], NONE)
    seen.pair.tanaka.desk.sync()
    page.reload()
    assert page.merged.entries == []


def test_all_can_be_marked_at_once_also_those_that_are_not_shown_yet(
    seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merges, "SHOWN", 2)
    for number in (5, 6, 8):
        beside(seen.pair, number)
    page = seen.sync()
    assert len(page.merged.entries) == 2
    assert page.merged.older.text() == "1 older one(s) follow when these have been seen."
    page.merged.all_seen.click()
    assert (page.merged.entries, page.merged.older.isHidden()) == ([], True)


def test_a_field_a_colleague_changed_beside_ones_own_leads_to_the_cell(seen: Seen) -> None:
    id_ = beside(seen.pair, 5)
    page = seen.sync()
    (entry,) = page.merged.entries
    assert entry.who.text() == "Somebody else changed another field of it before yours arrived. Both stand."
    words = said(entry)
    assert "Note  再テスト" in words
    assert any(text.endswith("  71") for text in words)
    entry.open_button.click()
    assert seen.asked == [("score", id_)]


def test_entries_stand_under_their_class_the_newest_first(seen: Seen) -> None:
    clock = seen.pair.classroom.clock
    for act, number in ((beside, 5), (join, 4), (beside, 6)):
        act(seen.pair, number)
        clock.pass_(minutes=1)
    page = seen.sync()
    met = [entry._met for entry in page.merged.entries]
    assert [each.about.place for each in met] == ["3年2組 算数"] * 3
    assert [each.about.pupil_number for each in met] == [6, 4, 5]


def test_ones_own_other_pc_is_named_as_oneself(seen: Seen) -> None:
    again = Teacher(seen.pair.classroom.open(TANAKA, "職員室PC 2"))
    join(seen.pair, 4, again)
    page = seen.sync()
    assert page.merged.entries[0].who.text() == "Put together with a change of you yourself (職員室PC 2, 8:31)."


def test_a_text_that_was_changed_again_says_so_and_guesses_nothing(seen: Seen) -> None:
    id_ = join(seen.pair, 4)
    seen.pair.sato.desk.sync()
    seen.pair.sato.put("remark", id_, text="全部書き直しました。")
    seen.pair.tanaka.desk.sync()
    (entry,) = seen.sync().merged.entries
    words = said(entry)
    assert "Now, changed again since" in words
    assert "The other's" not in words
    assert [each.accessibleName() for each in entry.findChildren(DiffText)] == [MINE, "全部書き直しました。"]


def test_where_the_server_does_not_say_who_nobody_is_named(seen: Seen) -> None:
    join(seen.pair, 4)
    workspace = seen.pair.tanaka.desk.workspace
    workspace._writer.edit(
        lambda writing: writing.run("UPDATE merged SET by = NULL, device = NULL, at = NULL")
    ).result()
    (entry,) = seen.sync().merged.entries
    assert entry.who.text() == "Put together with a change somebody else had made."


def test_a_page_that_is_open_follows_what_is_merged(seen: Seen) -> None:
    page = seen.sync()
    assert page.merged.told.text() == NONE
    join(seen.pair, 4)
    seen.bot.waitUntil(lambda: len(page.merged.entries) == 1)
    entry = page.merged.entries[0]
    page.reload()
    assert page.merged.entries == [entry], "what has not changed is not built anew"


def test_another_language_says_every_merge_anew(seen: Seen, left_behind: Callable[[QWidget, Seen], list[str]]) -> None:
    join(seen.pair, 4)
    beside(seen.pair, 5)
    assert len(seen.sync().merged.entries) == 2
    assert left_behind(seen.window, seen) == []
