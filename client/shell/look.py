"""Makes the look: fonts, icons, palette; light, dark or as the system says; switched while running."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# qtawesome has no stubs; this is its only home.

import logging
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from client.widgets import ink
from client.widgets.ink import Look
from client.widgets.tokens import DARK, LIGHT, Tokens

ICONS = {
    "account-group": "mdi6.account-group-outline",
    "add": "mdi6.plus",
    "alert": "mdi6.alert-outline",
    "approval": "mdi6.check-decagram-outline",
    "ask": "mdi6.message-text-outline",
    "attendance": "mdi6.clipboard-check-outline",
    "back": "mdi6.arrow-left",
    "check": "mdi6.check",
    "chosen": "mdi6.check-circle",
    "close": "mdi6.close",
    "copy": "mdi6.content-copy",
    "diagnostics": "mdi6.stethoscope",
    "down": "mdi6.chevron-down",
    "empty": "mdi6.tray",
    "exchange": "mdi6.swap-horizontal",
    "filter": "mdi6.filter-outline",
    "forward": "mdi6.arrow-right",
    "grades": "mdi6.table-edit",
    "health": "mdi6.heart-pulse",
    "help": "mdi6.help-circle-outline",
    "history": "mdi6.history",
    "info": "mdi6.information-outline",
    "lock": "mdi6.lock",
    "menu": "mdi6.dots-vertical",
    "messages": "mdi6.message-text-outline",
    "more": "mdi6.dots-horizontal",
    "next": "mdi6.chevron-right",
    "offline": "mdi6.lan-disconnect",
    "panel": "mdi6.dock-right",
    "preferences": "mdi6.cog-outline",
    "previous": "mdi6.chevron-left",
    "print": "mdi6.printer-outline",
    "pupil": "mdi6.account-outline",
    "redo": "mdi6.redo",
    "register": "mdi6.account-multiple-outline",
    "remarks": "mdi6.text-box-edit-outline",
    "reports": "mdi6.printer-outline",
    "search": "mdi6.magnify",
    "sending": "mdi6.sync",
    "sync": "mdi6.sync",
    "today": "mdi6.calendar-today",
    "undo": "mdi6.undo",
    "up": "mdi6.chevron-up",
    "week": "mdi6.calendar-week-outline",
}
"""Every icon by the name the product uses for it; one set, so that all have one stroke."""

_log = logging.getLogger("keyaki.look")


class Theme(Enum):
    """What a person chose."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


class Looks(QObject):
    """Owns the look of the application and changes it.

    fonts: a folder whose font files are loaded first (bundled fonts); one that is missing or empty leaves it to the
    system.
    """

    changed = Signal()

    def __init__(self, application: QApplication, fonts: Path | None = None) -> None:
        super().__init__(application)
        self._application = application
        self._theme, self._scale = Theme.LIGHT, 1.0
        self._icons = IconMaker()
        application.setStyle("Fusion")
        for file in sorted(fonts.glob("*.[to]t[fc]")) if fonts is not None and fonts.is_dir() else ():
            QFontDatabase.addApplicationFont(str(file))
        application.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def theme(self) -> Theme:
        """What was asked for last."""
        return self._theme

    @property
    def icons_work(self) -> bool:
        """Whether icons can be drawn here; where not, words stand alone and the diagnostics say so."""
        return self._icons.works

    def show(self, theme: Theme = Theme.LIGHT, scale: float = 1.0) -> None:
        """Show this theme at this text scale (one of ink.TEXT_SCALES) from now on, in every window."""
        self._theme, self._scale = theme, scale
        ink.show(Look(self._tokens(), scale, self._icons))
        self._application.setFont(ink.face(ink.Step.BODY).font)
        self._application.setPalette(palette_of(ink.look().tokens))
        for widget in self._application.allWidgets():
            QApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
        self.changed.emit()

    def _tokens(self) -> Tokens:
        if self._theme is Theme.SYSTEM:
            dark = self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self._theme is Theme.DARK else LIGHT

    @Slot()
    def _system_changed(self) -> None:
        if self._theme is Theme.SYSTEM:
            self.show(self._theme, self._scale)


class IconMaker:
    """Icons through qtawesome, which loads its fonts at the first one; where fonts are blocked, empty icons."""

    def __init__(self) -> None:
        self.works = True
        self._made: dict[tuple[str, int], QIcon] = {}

    def __call__(self, name: str, colour: QColor) -> QIcon:
        """The icon of that name in that colour. Raises KeyError for a name that is not in ICONS."""
        full = ICONS[name]
        key = (full, colour.rgba())
        if key not in self._made:
            self._made[key] = self._new(full, colour) if self.works else QIcon()
        return self._made[key]

    def _new(self, full: str, colour: QColor) -> QIcon:
        import qtawesome
        from qtawesome.iconic_font import FontError

        try:
            made = qtawesome.icon(full, color=colour, color_disabled=colour)
        except (FontError, OSError) as error:  # Windows may refuse fonts that are not installed
            self.works = False
            _log.info("icons cannot be drawn: %s", type(error).__name__)
            return QIcon()
        return QIcon(made)


def palette_of(tokens: Tokens) -> QPalette:
    """Qt's palette for the widgets we leave to Qt: menus, line edits, lists, tool tips."""
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, tokens.window),
        (role.WindowText, tokens.text),
        (role.Base, tokens.content),
        (role.AlternateBase, tokens.panel),
        (role.Text, tokens.text),
        (role.PlaceholderText, tokens.text2),
        (role.Button, tokens.content),
        (role.ButtonText, tokens.text),
        (role.BrightText, tokens.danger),
        (role.Highlight, tokens.selection),
        (role.HighlightedText, tokens.text),
        (role.Accent, tokens.accent),
        (role.Link, tokens.accent),
        (role.LinkVisited, tokens.accent),
        (role.ToolTipBase, tokens.content),
        (role.ToolTipText, tokens.text),
        (role.Light, tokens.content),
        (role.Midlight, tokens.panel),
        (role.Mid, tokens.border),
        (role.Dark, tokens.control),
        (role.Shadow, tokens.control),
    ):
        palette.setColor(which, colour)
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, tokens.disabled)
    return palette
