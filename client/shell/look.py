"""Makes the look: fonts, icons, palette; light, dark, high contrast or as the system says; switched while running."""

from enum import Enum
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from client.shell.icons import IconMaker
from client.widgets import ink
from client.widgets.ink import Look
from client.widgets.tokens import CONTRAST, DARK, LIGHT, Tokens


class Theme(Enum):
    """What a person chose."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"
    SYSTEM = "system"


_TOKENS: Final = {Theme.LIGHT: LIGHT, Theme.DARK: DARK, Theme.CONTRAST: CONTRAST}


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
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)

    @property
    def theme(self) -> Theme:
        """What was asked for last."""
        return self._theme

    @property
    def scale(self) -> float:
        """The text scale asked for last."""
        return self._scale

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
        if self._theme is not Theme.SYSTEM:
            return _TOKENS[self._theme]
        hints = self._application.styleHints()
        if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
            return CONTRAST
        return DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT

    @Slot()
    def _system_changed(self) -> None:
        if self._theme is Theme.SYSTEM:
            self.show(self._theme, self._scale)


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
