"""Pictures of every screen: python -m tests.tour [--out DIR] [--quick].

A real server, a real store, real conflicts. Every screen in both languages, light and dark, at 1366 x 768 and
1920 x 1080, the main ones as a display at 125 % shows them and at the largest text. Words that do not fit are listed,
and make the exit code 1.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from client.conflicts.dialog import BulkPreview
from client.conflicts.rules import Bulk
from client.contents import pages
from client.desk import Desk
from client.grades.record import ColumnKind
from client.grades.rules import Facet, Show
from client.grades.table import FROZEN
from client.shell.key_list import KeyList
from client.shell.look import Theme
from client.syncing.service import SyncService
from client.workspace import Put
from sync.protocol.messages import Delete
from tests.tour.attending import attending
from tests.tour.clipped import clipped
from tests.tour.configuration import configuration
from tests.tour.entering import entering
from tests.tour.grading import grading
from tests.tour.locking import locking
from tests.tour.losing import losing
from tests.tour.preferring import preferring
from tests.tour.presenting import presenting
from tests.tour.rating import rating
from tests.tour.recovering import recovering
from tests.tour.registering import registering
from tests.tour.stage import MATH, Other, Shown, Stage, aside, stage, until
from tests.tour.today import today


@dataclass(frozen=True, slots=True)
class View:
    """How a screen is looked at. scale: of the text. ratio: of the display, 1.25 = 125 %."""

    language: str
    theme: Theme
    size: QSize
    scale: float = 1.0
    ratio: float = 1.0

    @property
    def name(self) -> str:
        """For the file."""
        extra = f"-text{round(self.scale * 100)}" if self.scale != 1 else ""
        extra += f"-display{round(self.ratio * 100)}" if self.ratio != 1 else ""
        return f"{self.language}-{self.theme.value}-{self.size.width()}x{self.size.height()}{extra}"


SMALL, LARGE = QSize(1366, 768), QSize(1920, 1080)
VIEWS = [
    View(language, theme, size)
    for language in ("ja", "en")
    for theme in (Theme.LIGHT, Theme.DARK)
    for size in (SMALL, LARGE)
]
CLOSER = [
    *(
        View(language, theme, SMALL, scale, ratio)
        for language, theme in (("ja", Theme.LIGHT), ("en", Theme.DARK))
        for scale, ratio in ((1.0, 1.25), (1.3, 1.0))
    ),
    View("ja", Theme.CONTRAST, SMALL),
]
"""The main screens as a display at 125 % and the largest text show them, and in high contrast."""

LOST = """
INSERT INTO not_accepted SELECT -1, 0, '2026-03-27T05:31:00.000Z', 'grades.typed', item, hash, chain, '[]',
  'lost', NULL, answered_at, 0
FROM (SELECT json_set(item, '$.group.ops', json('[]')) AS item, hash, chain, answered_at FROM accepted LIMIT 1)
"""
"""What a restore leaves of a change whose content went with the duty: its act and its time."""


def screens(here: Stage) -> Iterator[Callable[[], Shown]]:
    """Every screen, as what brings it about; each is on screen until the next is asked for."""
    yield from today(here)
    yield from preferring(here)
    yield from attending(here)
    yield from registering(here)
    yield from _grades(here)
    yield from grading(here)
    yield from rating(here)
    yield from _waiting(here)
    yield from _conflicts(here)
    yield from _sync(here)
    yield from _late(here)
    yield from _takeout(here)
    yield from recovering(here)
    yield from losing(here)
    yield from _others(here)
    yield from configuration(here)
    yield from presenting(here)
    yield from locking(here)
    yield from entering(here)


def _sheet(here: Stage) -> None:
    here.desk.window_.open_page("grades")
    here.page.chooser.find(MATH, here.page.chooser.term.code)
    here.page.filter.columns.set_key(Facet.ALL)
    here.page.open_sheet.show_facet(Facet.ALL)
    columns = enumerate(here.page.open_sheet.sheet.columns)
    column = next(at for at, held in columns if held.kind is ColumnKind.POINTS and not held.closed)
    here.page.grid.down.setValue(0)  # the largest text had scrolled away from the first pupils
    here.page.grid.go(11, column + FROZEN)
    here.page.grid.table.setFocus()
    QTest.qWait(100)


def _grades(here: Stage) -> Iterator[Callable[[], Shown]]:
    def sheet() -> Shown:
        _sheet(here)
        return "grades", here.desk, True

    def results() -> Shown:
        here.page.filter.columns.set_key(Facet.RESULTS)
        here.page.open_sheet.show_facet(Facet.RESULTS)
        for key in "aabac":
            here.page.grid.table.setFocus()
            QTest.keyClicks(here.page.grid.table, key)
        QTest.qWait(200)
        return "grades-results", here.desk, False

    def refused() -> Shown:
        _sheet(here)
        QTest.keyClicks(here.page.grid.table, "9")
        QTest.keyClicks(here.page.grid.table.entry.editor, "99")
        QTest.keyClick(here.page.grid.table.entry.editor, Qt.Key.Key_Return)
        return "grades-refused", here.desk, True

    def chosen() -> Shown:
        QTest.keyClick(here.page.grid.table.entry.editor, Qt.Key.Key_Escape)
        here.page.strip.clear()
        here.page.filter.chips[Show.BLANK].click()
        return "grades-filtered", here.desk, False

    def paste() -> Shown:
        here.page.strip.asked.emit("everybody")
        return "grades-paste", _pasted(here, "18"), True

    def wrong() -> Shown:
        _closed(here)
        return "grades-paste-refused", _pasted(here, "999"), False

    yield from (sheet, results, refused, chosen, paste, wrong)


def _pasted(here: Stage, value: str) -> QWidget:
    names = [row.who.name for row in here.page.open_sheet.sheet.rows if not row.who.gone]
    QGuiApplication.clipboard().setText("\n".join(f"{name}\t{value}" for name in names))
    QTest.keyClick(here.page.grid.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    return next(box for box in here.page.findChildren(QDialog) if box.isVisible())


def _waiting(here: Stage) -> Iterator[Callable[[], Shown]]:
    def offline() -> Shown:
        here.online()
        here.offline()
        _sheet(here)
        for text in ("17", "k", "15", "0"):
            for char in text:
                QTest.keyClicks(here.page.grid.table.entry.editor or here.page.grid.table, char)
            QTest.keyClick(here.page.grid.table.entry.editor, Qt.Key.Key_Return)
        until("saved", lambda: here.desk.workspace.status().waiting == 4 and not here.page.open_sheet.saving)
        here.page.grid.go(11, here.page.grid.current.column())
        here.page.grid.table.setFocus()
        QTest.qWait(500)
        return "grades-offline", here.desk, True

    def waiting() -> Shown:
        here.desk.window_.open_page("sync")
        return "sync-waiting", here.desk, True

    yield from (offline, waiting)


def _conflicts(here: Stage) -> Iterator[Callable[[], Shown]]:
    def differ() -> None:
        first, second, third = here.scores("まとめ", 3)
        mine, hers = "筆算の途中をていねいに書く。見直しが課題。", "筆算の途中をていねいに書く。意味を説明できた。"
        here.put("score", first.id, state="scored", value=70_00, note=mine)
        here.put("score", second.id, state="absent", value=None)
        here.put("score", third.id, state="scored", value=41_00)
        aside(lambda: here.sato.put("score", first.id, state="scored", value=78_00, note=hers))
        aside(lambda: here.sato.put("score", second.id, state="scored", value=66_00))
        aside(lambda: here.sato.put("score", third.id, state="scored", value=42_00))
        remark = here.desk.workspace.rows("SELECT id, text FROM remark WHERE box = 'overall' ORDER BY id LIMIT 1")[0]
        text: str = remark.text
        here.put("remark", remark.id, text=text + "友だちにやさしく声をかけることができました。")
        aside(lambda: here.again.put("remark", remark.id, text=text + "係の仕事に進んで取り組みました。"))
        here.online()
        until("differences", lambda: here.desk.workspace.status().conflicts >= 4)

    def mark() -> Shown:
        differ()
        _sheet(here)
        QTest.qWait(500)
        return "grades-conflict", here.desk, True

    def choose() -> Shown:
        here.desk.window_.open_page("conflicts")
        together = next(case for case in here.page._cases if len(case.differences) > 1)
        here.page._stand_on(together.key)
        return "conflict", here.desk, True

    def chosen() -> Shown:
        for row, question in enumerate(here.page.decision.pad._questions):
            here.page.decision.pad.chosen.emit(question.key, 2 if row == 0 else 1)
        return "conflict-chosen", here.desk, True

    def text() -> Shown:
        long = next(case for case in here.page._cases if case.about.type == "remark")
        here.page._stand_on(long.key)
        here.page.decision.pad.chosen.emit(here.page.decision.pad._questions[0].key, 1)
        return "conflict-text", here.desk, True

    def asked() -> Shown:
        hers = here.sato.workspace.enrolment.staff, here.desk.workspace.enrolment.staff
        aside(here.sato.sync)
        third = next(case for case in here.page._cases if case.about.type == "score" and len(case.differences) == 1)
        unit = {"assignee": hers[1], "by": hers[0], "at": None}
        aside(lambda: here.sato.put("conflict", third.differences[0].conflict.id, **unit))
        here.online()
        until("asked", lambda: here.page._cases[0].is_given_to(hers[1]))
        here.page._give(next(case for case in here.page._cases if len(case.differences) > 1), hers[0])
        until("sent", lambda: here.desk.workspace.status().waiting == 0)
        here.page._stand_on(here.page._cases[0].key)
        return "conflict-asked", here.desk, True

    def given() -> Shown:
        here.page._stand_on(next(case for case in here.page._cases if len(case.differences) > 1).key)
        return "conflict-given", here.desk, True

    def many() -> Shown:
        preview = BulkPreview(here.page._cases, Bulk.NEWER, here.page._teller(), here.page)
        preview.open()
        return "conflict-many", preview, False

    yield from (mark, choose, chosen, text, asked, given, many)


def _sync(here: Stage) -> Iterator[Callable[[], Shown]]:
    def refused() -> Shown:
        _closed(here)
        here.offline()
        part, pupil = here.untouched()
        key = {"evidence_part": part, "pupil": pupil, "@lesson": MATH, "state": "scored", "value": 12_00}
        here.desk.workspace.edit("grades.typed", [Put("score", key)])
        aside(lambda: here.sato.delete_work(part))
        here.online()
        until("refused", lambda: here.desk.workspace.status().not_accepted == 1)
        here.desk.window_.open_page("sync")
        QTest.qWait(500)
        return "sync-refused", here.desk, True

    def lost() -> Shown:
        _closed(here)
        for group in here.desk.workspace.not_accepted():
            here.desk.workspace.withdraw(group.q)
        here.desk.workspace._writer.edit(lambda writing: writing.run(LOST)).result()
        here.desk.window_.open_page("sync")
        here.page.reload()
        QTest.qWait(500)
        return "sync-lost", here.desk, False

    def merged() -> Shown:
        _closed(here)
        for group in here.desk.workspace.not_accepted():
            here.desk.workspace.withdraw(group.q)
        _meet(here)
        here.desk.window_.open_page("sync")
        QTest.qWait(500)
        return "sync-merged", here.desk, True

    def calm() -> Shown:
        here.page.merged.all_seen.click()
        for group in here.desk.workspace.not_accepted():
            here.desk.workspace.withdraw(group.q)
        open_ = here.desk.workspace.conflicts()
        for conflict in open_:
            here.desk.workspace.resolve(conflict.id, "current")
        here.page.comparison.check.click()
        until("checked", lambda: not here.desk.workspace.comparison().due)
        here.page.reload()
        QTest.qWait(500)
        return "sync-calm", here.desk, False

    def none() -> Shown:
        here.desk.window_.open_page("conflicts")
        return "conflict-none", here.desk, False

    yield from (refused, lost, merged, calm, none)


def _meet(here: Stage) -> None:
    """A text and a score that the colleague changes as well, while this PC is offline, in other places."""
    workspace = here.desk.workspace
    score = here.scores("まとめ", 1)[0]
    ((pupil,),) = workspace.rows("SELECT pupil FROM score WHERE id = ?", (score.id,))
    key = {"pupil": pupil, "term": "2026-2", "box": "s.math", "@class": MATH.rpartition(":")[0], "@lesson": MATH}
    text = "わり算の筆算の仕方が分かりました。図をかいて考えることができます。見直しもていねいです。"
    id_ = workspace.edit("remarks.text", [Put("remark", key | {"text": text})]).records[0][1]
    here.desk.service.sync_now()
    until("sent", lambda: not workspace.status().waiting)
    aside(here.sato.sync)
    here.offline()
    here.put("remark", id_, text=text.replace("見直しもていねいです。", "自分で見直す習慣がつきました。"))
    here.put("score", score.id, state="scored", value=83_00)
    hers = text.replace("わり算の筆算の仕方が分かりました。", "わり算の筆算の意味を、図で説明できます。")
    aside(lambda: here.sato.put("remark", id_, text=hers))
    aside(lambda: here.sato.put("score", score.id, note="口頭で確認済み"))
    here.online()
    until("merged", lambda: len(workspace.merged.unseen()) >= 2)


def _takeout(here: Stage) -> Iterator[Callable[[], Shown]]:
    """A take-out is asked for, and waits for a head."""

    def form() -> Shown:
        here.desk.window_.open_page("takeout")
        until("the rules of take-outs", here.page.ask_button.isEnabled)
        here.page.open_form()
        here.page.form.ticks[MATH.rpartition(":")[0]].setChecked(True)
        here.page.form.text.setText("学期末の評定と所見")
        return "takeout-form", here.desk, True

    def asked() -> Shown:
        here.page.form.send.click()
        until("the request", lambda: bool(here.page.table.rows))
        return "takeout-asked", here.desk, False

    yield from (form, asked)


def _late(here: Stage) -> Iterator[Callable[[], Shown]]:
    """What the colleague sends after her duty has ended, on the PC of who decides, and the answer on her own."""
    desks = here.desks

    def desk_of(other: Other, key: str) -> Desk:
        app, workspace = here.app, other.workspace
        service = SyncService(workspace, other.link, app._outside.between, app)
        desk = Desk(
            app.common, app._outside, workspace, service, pages(workspace, service, app.common.speech, app._outside)
        )
        desks.append(desk)
        desk.show_facts(other.teacher)
        desk.show()
        desk.window_.open_page(key)
        return desk

    def send_late() -> Other:
        sato = here.sato
        (vice,) = here.desk.workspace.rows(
            "SELECT name FROM staff JOIN duty ON duty.staff = staff.id AND role = 'vice'"
        )[:1]
        first, second, third = here.scores("まとめ", 3)
        edits = ([(first, 9100)], [(second, 8800), (third, 6400)])
        for scores in edits:
            wanted = [Put("score", {"state": "scored", "value": value}, id=row.id) for row, value in scores]
            sato.workspace.edit("grades.typed", wanted)
        note = "説明の筋道が立っている。図も使えた。"
        sato.workspace.edit("grades.typed", [Put("score", {"note": note}, id=first.id)])
        me = sato.workspace.enrolment
        duties = sato.workspace.rows("SELECT id, ver FROM duty WHERE staff = ? AND target = ?", (me.staff, MATH))
        here.others.change(me.school, *(Delete(type="duty", id=row.id, base=row.ver) for row in duties))
        sato.sync()
        return here.others.join(vice.name, "教頭PC")

    def listed() -> Shown:
        vice = aside(send_late)
        return "late", desk_of(vice, "late_edits"), True

    def text() -> Shown:
        page: Any = desks[0].window_.page
        page.go_on()
        page.go_on()
        return "late-text", desks[0], False

    def led() -> Shown:
        desks[0].window_.open_page("sync")
        return "late-sync", desks[0], False

    def decided() -> Shown:
        desks[0].window_.open_page("late_edits")
        page: Any = desks[0].window_.page
        page.accept()
        page.detail.reason.setText("新しい担当の先生が記録しました")
        page.decline()
        aside(here.others.more[0].sync)
        page.reload()
        page._show(page.table.rows[-1])
        return "late-decided", desks[0], False

    def answered() -> Shown:
        aside(here.sato.sync)
        return "late-answered", desk_of(here.sato, "sync"), False

    def none() -> Shown:
        for desk in desks:
            desk.hide()
        here.desk.window_.open_page("late_edits")
        return "late-none", here.desk, False

    yield from (listed, text, led, decided, answered, none)


def _others(here: Stage) -> Iterator[Callable[[], Shown]]:
    def keys() -> Shown:
        here.desk.window_.open_page("grades")
        box = KeyList(here.desk.window_.screens, here.desk)
        box.open()
        return "keys", box, False

    yield keys


def _closed(here: Stage) -> None:
    for box in here.desk.findChildren(QDialog):
        box.close()


def picture(window: QWidget, view: View) -> QImage:
    """The window as a display of this ratio shows it."""
    size = view.size if not isinstance(window, QDialog) else window.size()
    if not isinstance(window, QDialog):
        window.resize(QSize(round(size.width() / view.ratio), round(size.height() / view.ratio)))
    QTest.qWait(60)
    QGuiApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # on a busy machine the panel was told just now
    image = QImage(window.size() * view.ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(view.ratio)
    painter = QPainter(image)
    window.render(painter, QPoint(0, 0))
    painter.end()
    return image


def look(here: Stage, shown: Shown, views: list[View], out: Path) -> list[str]:
    """Pictures of one screen in these views; the words that do not fit."""
    name, window, _ = shown
    cut: list[str] = []
    for view in views:
        _speak(here, view.language)
        here.app.common.looks.show(view.theme, view.scale)
        for desk in (here.desk, window):
            if isinstance(desk, Desk):
                desk.show_status()
        window.activateWindow()
        QTest.qWait(450)  # a sentence of the status line stays so long
        picture(window, view).save(str(out / f"{name}-{view.name}.png"))
        cut += [f"{name} {view.name}: {words}" for words in clipped(window)]
    return cut


def _brought(here: Stage, bring: Callable[[], Shown], language: str) -> Shown:
    _speak(here, language)
    here.app.common.looks.show(Theme.LIGHT, 1.0)
    return bring()


def _speak(here: Stage, language: str) -> None:
    if not here.app.common.translations.show(language):
        raise SystemExit(f"No words for {language}: run `make translate` first, or the pictures are in English.")


def main() -> int:
    """Take the tour; 1 where words did not fit."""
    parser = argparse.ArgumentParser(prog="python -m tests.tour")
    parser.add_argument("--out", type=Path, default=Path("build") / "tour")
    parser.add_argument("--quick", action="store_true", help="Japanese, light and dark, at 1366 x 768 only")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    cut: list[str] = []
    with tempfile.TemporaryDirectory() as folder, stage(Path(folder)) as here:
        for bring in screens(here):
            shown = _brought(here, bring, "ja")
            views = [view for view in VIEWS if view.language == "ja" and view.size == SMALL] if asked.quick else VIEWS
            views = [*views, *(CLOSER if shown[2] and not asked.quick else [])]
            for language in dict.fromkeys(view.language for view in views):
                if language != "ja" and isinstance(shown[1], QDialog):  # as large as its words were when it opened
                    _closed(here)
                    shown = _brought(here, bring, language)
                cut += look(here, shown, [view for view in views if view.language == language], asked.out)
            print(f"  {shown[0]}", flush=True)
        _closed(here)
    print(f"Pictures: {asked.out}")
    print(*cut, sep="\n")
    return 1 if cut else 0


if __name__ == "__main__":
    sys.exit(main())
