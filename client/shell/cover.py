"""Covers every window at once: whatever the program still has to do, nobody reads over its shoulder meanwhile."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from client.widgets.ground import Ground
from client.widgets.ink import Step
from client.widgets.label import Label

_LOOSE = (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen)


class Cover(Ground):
    """Lies over the whole of a window and says that the program is locked."""

    def __init__(self, window: QWidget) -> None:
        super().__init__("window", None, window)
        column, row = QVBoxLayout(self), QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Label(lambda: self.tr("Locked"), Step.TITLE, self, colour="text2"))
        row.addStretch(1)
        column.addLayout(row)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        window.repaint()


def cover_all() -> None:
    """Cover the windows on screen; boxes, menus and tooltips over them go. Painted when this returns."""
    for window in QApplication.topLevelWidgets():
        if not window.isVisible():
            continue
        if isinstance(window, QDialog) or window.windowType() in _LOOSE:
            window.hide()
        else:
            Cover(window)
