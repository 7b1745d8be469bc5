"""The wheel never changes a value by accident: fields that take it without the focus do not get it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QApplication, QComboBox, QScrollBar, QTabBar

_KINDS = (QAbstractSpinBox, QComboBox, QAbstractSlider, QTabBar)


class WheelGuard(QObject):
    """Installed on the application. A wheel over an unfocused field goes on to what scrolls around it; scroll bars
    pass.

    Qt gives the focus to a spin box under the wheel before it hands over the turn, so such fields also lose the right
    to take the focus by wheel, when they are first polished.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is not QEvent.Type.Wheel and kind is not QEvent.Type.Polish:
            return False
        if not isinstance(watched, _KINDS) or isinstance(watched, QScrollBar):
            return False
        if kind is QEvent.Type.Polish:
            if watched.focusPolicy() is Qt.FocusPolicy.WheelFocus:
                watched.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            return False
        if watched.hasFocus():
            return False
        event.ignore()  # and filtered: Qt then offers it to the parents
        return True
