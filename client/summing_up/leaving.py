"""How the book is left and come back to: course, term, cell, the reason being written, the cut-offs being tried."""

from collections.abc import Callable
from typing import Any, cast

from client.grades.chooser import SheetChooser
from client.shell.pages import Left
from client.summing_up.beside import Beside
from client.summing_up.open_book import OpenBook

CELL, CUTS, REASON = "cell", "cuts", "reason"


class Leaving:
    """Reads what is on screen, and puts it back there in another process, where lines may be others.

    go_to: stands on the cell of a pupil and column, False where it is not there.
    """

    def __init__(
        self, chooser: SheetChooser, open_book: OpenBook, beside: Beside, go_to: Callable[[str, str], bool]
    ) -> None:
        self._chooser, self._open, self._beside, self._go_to = chooser, open_book, beside, go_to

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
        written = self._beside.side.written
        return Left(place, {} if written is None else {REASON: written})

    def come_back(self, left: Left) -> bool:
        """Stand on that cell and go on with the trial and the reason; False where the reason has no place any more."""
        place, text = left.place, left.typed.get(REASON)
        if not self._chooser.find(str(place.get("lesson")), str(place.get("term"))):
            return text is None
        book, cuts = self._open.book, place.get(CUTS)
        if book is not None and book.rule is not None and isinstance(cuts, list):
            upper, lower = cast("list[int]", cuts)
            self._open.try_rule(book.rule.cut(upper, lower))
        pupil, key = cast("tuple[str, str]", place.get(CELL) or ("", ""))
        if not self._go_to(pupil, key):
            return text is None
        self._beside.tell()
        return text is None or self._beside.side.write(text)
