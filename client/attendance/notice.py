"""What is said of a day that its list alone does not tell: that it is not taken yet, or that there is no school."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject

from client.attendance.record import Register
from client.attendance.words import no_school_words
from client.widgets.ink import Tone
from client.widgets.message_strip import Act, Message, MessageStrip

TAKE: Final = "take"
"""The act that takes the day on screen."""


class DayNotice(QObject):
    """Says it in a strip, once for each state of a day: whoever closed it has read it."""

    def __init__(self, strip: MessageStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._strip = strip
        self._said: object = None

    def forget(self) -> None:
        """Say it again with the next register: something else has been said meanwhile."""
        self._said = None

    def show_day(self, register: Register) -> None:
        """Say what is to be said of the last day of a register."""
        day = register.days[-1]
        open_ = register.dates.open(day.date)
        key = (register.room.code, day.date, open_, day.taken is not None)
        if key == self._said:
            return
        self._said = key
        if not open_:
            self._strip.show_message(Message(partial(no_school_words, day)))
        elif day.taken is None and day.date <= register.today:
            acts = (Act(TAKE, lambda: self.tr("Take attendance")),) if register.room.writable else ()
            self._strip.show_message(Message(partial(self._untaken, register.room.label), Tone.WARN, acts))
        else:
            self._strip.clear()

    def _untaken(self, room: str) -> str:
        return self.tr('Attendance for {room} has not been taken yet. (This is not "all present".)').format(room=room)
