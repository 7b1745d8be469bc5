"""The product's icons, drawn from the font that qtawesome brings.

Its Python part stays out: importing it takes as long as building the whole first window, for a handful of glyphs.
"""

import json
import logging
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

ICONS: Final[dict[str, str]] = {
    "account-group": "account-group-outline",
    "add": "plus",
    "alert": "alert-outline",
    "approval": "check-decagram-outline",
    "ask": "message-text-outline",
    "attendance": "clipboard-check-outline",
    "back": "arrow-left",
    "check": "check",
    "chosen": "check-circle",
    "close": "close",
    "copy": "content-copy",
    "devices": "laptop",
    "diagnostics": "stethoscope",
    "down": "chevron-down",
    "empty": "tray",
    "exchange": "swap-horizontal",
    "filter": "filter-outline",
    "flag": "flag-outline",
    "forward": "arrow-right",
    "grades": "table-edit",
    "health": "heart-pulse",
    "help": "help-circle-outline",
    "history": "history",
    "info": "information-outline",
    "lock": "lock",
    "menu": "dots-vertical",
    "merge": "call-split",
    "messages": "message-text-outline",
    "more": "dots-horizontal",
    "next": "chevron-right",
    "offline": "lan-disconnect",
    "panel": "dock-right",
    "preferences": "cog-outline",
    "previous": "chevron-left",
    "print": "printer-outline",
    "pupil": "account-outline",
    "redo": "redo",
    "register": "account-multiple-outline",
    "remarks": "text-box-edit-outline",
    "reports": "printer-outline",
    "search": "magnify",
    "sending": "sync",
    "summing_up": "sigma",
    "sync": "sync",
    "takeout": "briefcase-arrow-left-right-outline",
    "today": "calendar-today",
    "undo": "undo",
    "up": "chevron-up",
    "week": "calendar-week-outline",
}
"""Every icon by the name the product uses for it; one set, so that all have one stroke."""

FONT: Final = "materialdesignicons6-webfont"
_HEIGHT: Final = 0.875
"""Of a glyph in its square: the font leaves itself a border of this size."""

_log = logging.getLogger("keyaki.icons")


class IconMaker:
    """Makes icons by name; the font is loaded at the first one. Where fonts are blocked, icons are empty."""

    def __init__(self) -> None:
        self.works = True
        self._family = ""
        self._glyphs: dict[str, str] = {}
        self._made: dict[tuple[str, int], QIcon] = {}

    def __call__(self, name: str, colour: QColor) -> QIcon:
        """The icon of that name in that colour. Raises KeyError for a name that is not in ICONS."""
        glyph, key = ICONS[name], (name, colour.rgba())
        if not self._family and self.works:
            self._load()
        if key not in self._made:
            self._made[key] = QIcon(_Engine(self._family, self._glyphs[glyph], colour)) if self.works else QIcon()
        return self._made[key]

    def _load(self) -> None:
        """Load the font and its names; Windows may refuse fonts that are not installed."""
        try:
            names: dict[str, str] = json.loads(_file(f"{FONT}-charmap-*.json").read_text("ascii"))
            font = QFontDatabase.addApplicationFont(str(_file(f"{FONT}-*.ttf")))
        except FileNotFoundError as error:
            self._give_up(f"{error} is missing")
            return
        self._glyphs = {glyph: chr(int(names[glyph], 16)) for glyph in ICONS.values()}
        self._family = next(iter(QFontDatabase.applicationFontFamilies(font)), "")
        if not self._family:
            self._give_up("the font is refused")

    def _give_up(self, why: str) -> None:
        self.works = False
        _log.info("icons cannot be drawn: %s", why)


class _Engine(QIconEngine):
    """Draws one glyph in one colour at any size, whatever the state of the widget."""

    def __init__(self, family: str, glyph: str, colour: QColor) -> None:
        super().__init__()
        self._family, self._glyph, self._colour = family, glyph, colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        font = QFont(self._family)
        font.setPixelSize(max(round(rect.height() * _HEIGHT), 1))
        painter.save()
        painter.setFont(font)
        painter.setPen(self._colour)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._glyph)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return drawn


def _file(form: str) -> Path:
    """The file of this form among the fonts. Raises FileNotFoundError."""
    found = find_spec("qtawesome")
    for place in (found and found.submodule_search_locations) or ():
        for file in Path(place, "fonts").glob(form):
            return file
    raise FileNotFoundError(form)
