"""What is written on the page of take-outs and not sent yet, as it outlives a lock."""

from collections.abc import Mapping
from typing import Any, Final

from client.shell.pages import Left
from client.takeout.detail import PermitDetail
from client.takeout.request import RequestForm

REQUEST: Final = "request"
_PERMIT, _TEXT, _REASON = "permit", "text", "reason"


class Leaving:
    """The two editors of the page. waiting: what it was left with, until the school has told what may be asked for."""

    def __init__(self, form: RequestForm, detail: PermitDetail) -> None:
        self._form, self._detail = form, detail
        self.waiting: Left | None = None

    def left(self, *, asking: bool) -> Left | None:
        """How the page would be left now. asking: a request is on screen."""
        if self.waiting is not None:
            return self.waiting
        if asking:
            return _left({REQUEST: self._form.filled()}, _TEXT, self._form.text.on_screen)
        permit = self._detail.permit
        return None if permit is None else _left({_PERMIT: permit.id}, _REASON, self._detail.reason.on_screen)

    def permit(self) -> str | None:
        """The take-out that was looked at."""
        return None if self.waiting is None else self.waiting.place.get(_PERMIT)

    def write(self) -> None:
        """Write again what was written; its editor is on screen."""
        left, self.waiting = self.waiting, None
        if left is not None and REQUEST in left.place:
            self._form.fill(left.place[REQUEST], left.typed.get(_TEXT, ""))
        elif left is not None and left.typed:
            self._detail.reason.setText(left.typed[_REASON])
            self._detail.reason.setFocus()


def _left(place: Mapping[str, Any], name: str, written: str) -> Left:
    return Left(place, {name: written} if written else {})
