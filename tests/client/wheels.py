"""A real turn of the wheel over a widget, as the window system sends it: it goes on to parents when nobody takes it."""

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def turn(widget: QWidget, steps: int = -1) -> None:
    """Turn the wheel in the middle of `widget`, towards its user where steps is negative."""
    window = widget.window()
    at = widget.mapTo(window, widget.rect().center())
    QTest.wheelEvent(window.windowHandle(), QPointF(at), QPoint(0, 120 * steps))
    QApplication.processEvents()
