"""The wheel never changes a value by accident: fields that take it without the focus do not get it."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QScrollBar,
    QTabBar,
    QWidget,
)

_KINDS = (QAbstractSpinBox, QComboBox, QAbstractSlider, QTabBar)


class WheelGuard(QObject):
    """Installed on the application.

    A wheel over an unfocused field goes on to what scrolls around it; scroll bars pass.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.Wheel:
            return False
        if not isinstance(watched, _KINDS) or isinstance(watched, QScrollBar) or watched.hasFocus():
            return False
        parent = watched.parentWidget()
        if isinstance(parent, QWidget):
            event.ignore()
            QApplication.sendEvent(parent, event)
        return True
