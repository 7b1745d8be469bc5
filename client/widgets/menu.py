"""A menu in our look: flat, rounded, 32 px a line. The only style sheet among the menus, on the menu alone."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath, QRegion, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from client.widgets import ink

_SHEET = """
QMenu {{ background: {content}; border: 1px solid {control}; border-radius: {p4}px; padding: {p4}px; }}
QMenu::item {{ padding: {p6}px {p24}px {p6}px {p12}px; border-radius: {p4}px; color: {text}; }}
QMenu::item:selected {{ background: {selection}; }}
QMenu::item:disabled {{ color: {disabled}; }}
QMenu::item:checked {{ color: {accent}; font-weight: bold; }}
QMenu::indicator {{ width: 0px; height: 0px; }}
QMenu::separator {{ height: 1px; background: {border}; margin: {p4}px {p8}px; }}
"""


class Menu(QMenu):
    """A QMenu that looks like the rest; make it when it opens, so that it needs no change of theme."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        look = ink.look()
        tokens = look.tokens
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)
        self.setFont(ink.face(ink.Step.BODY).font)
        names = ("content", "control", "text", "selection", "disabled", "accent", "border")
        colours = {name: getattr(tokens, name).name() for name in names}
        sizes = {"p4": look.px(4), "p6": look.px(6), "p8": look.px(8), "p12": look.px(12)}
        self.setStyleSheet(_SHEET.format(**colours, **sizes, p24=look.px(24)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Cut out rather than translucent: without a compositor a translucent corner is black.
        shape = QPainterPath()
        radius = ink.look().px(4)
        shape.addRoundedRect(QRectF(self.rect()), radius, radius)
        self.setMask(QRegion(shape.toFillPolygon().toPolygon()))
