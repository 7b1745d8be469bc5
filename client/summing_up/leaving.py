"""How the book is left and come back to: course, term, cell, the reason being written, the cut-offs being tried."""

from collections.abc import Callable
from typing import Any, cast

from client.grades.chooser import SheetChooser
from client.shell.pages import Left
from client.summing_up.beside import Beside
from client.summing_up.open_book import OpenBook

CELL, CUTS, REASON, CUTS_REASON = "cell", "cuts", "reason", "cuts_reason"


class Leaving:
    """Reads what is on screen, and puts it back there in another process, where lines may be others.

    go_to: stands on the cell of a pupil and column, False where it is not there.
    """

    def __init__(
        self, chooser: SheetChooser, open_book: OpenBook, beside: Beside, go_to: Callable[[str, str], bool]
    ) -> None:
        self._chooser, self._open, self._beside, self._go_to = chooser, open_book, beside, go_to
        self._entry = beside.entry

    def left(self, shown: str) -> Left | None:
        """How it would be left now; None where no book is on screen. shown: as a class or as a list."""
        lesson, term, at = self._chooser.lesson, self._chooser.term, self._beside.current
        if lesson is None or term is None or at is None:
            return None
        told, trial = self._beside.side.shown, self._open.trial
        row, key = at if told is None or self._beside.side.written is None else (told.row, told.key)
        place: dict[str, Any] = {"lesson": lesson.code, "term": term.code, "shown": shown, CELL: [row.id, key]}
        if trial is not None:
            place[CUTS] = [trial.cut_a, trial.cut_b]
        typed = {REASON: self._beside.side.written or ""}
        if self._entry.preview is not None and trial is not None:
            typed[CUTS_REASON] = self._entry.preview.reason.on_screen
        return Left(place, {name: text for name, text in typed.items() if text})

    def come_back(self, left: Left) -> bool:
        """Stand on that cell and go on with the trial and the reason; False where the reason has no place any more."""
        place, text = left.place, left.typed.get(REASON)
        if not self._chooser.find(str(place.get("lesson")), str(place.get("term"))):
            return not left.typed
        book, cuts = self._open.book, place.get(CUTS)
        if book is not None and book.rule is not None and isinstance(cuts, list):
            upper, lower = cast("list[int]", cuts)
            self._open.try_rule(book.rule.cut(upper, lower))
        pupil, key = cast("tuple[str, str]", place.get(CELL) or ("", ""))
        found = self._go_to(pupil, key)
        self._beside.tell()
        return self._resumed(left) and (text is None or (found and self._beside.side.write(text)))

    def _resumed(self, left: Left) -> bool:
        """Open the preview again with the reason for other cut-offs; False where there is nothing to preview."""
        text = left.typed.get(CUTS_REASON)
        if text is None:
            return True
        if self._open.trial is None:
            return False
        self._entry.take_over()
        if self._entry.preview is not None:
            self._entry.preview.reason.setText(text)
        return self._entry.preview is not None
