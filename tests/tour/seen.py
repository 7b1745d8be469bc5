"""Everything that can be read off this program at this moment: words on screen, spoken, in titles and tool tips."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

_TOLD = ("text", "toolTip", "statusTip", "whatsThis", "accessibleName", "accessibleDescription", "placeholderText")
_SPOKEN = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value, QAccessible.Text.Help)
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.EditRole,
)


def seen() -> set[str]:
    """The words of every visible window."""
    found: set[str] = set()
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            found |= set(_window(window))
    return found - {""}


def _window(window: QWidget) -> Iterator[str]:
    yield window.windowTitle()
    yield window.windowFilePath()
    yield window.windowIconText()
    for widget in (window, *window.findChildren(QWidget)):
        if widget.isVisible():
            yield from _widget(widget)
    yield from _spoken(QAccessible.queryAccessibleInterface(window))


def _widget(widget: Any) -> Iterator[str]:
    for name in _TOLD:
        told = getattr(widget, name, None)
        value = told() if callable(told) else ""
        if isinstance(value, str):
            yield value
    if hasattr(widget, "toPlainText"):
        yield widget.toPlainText()
    yield from (action.text() for action in widget.actions())
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _model(widget.model())


def _model(model: QAbstractItemModel) -> Iterator[str]:
    """Whatever a view on screen could scroll to."""
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            for role in _ROLES:
                value = model.data(model.index(row, column), role)
                if value is not None:
                    yield str(value)


def _spoken(node: Any) -> Iterator[str]:
    """What a screen reader finds: it does not go into what is out of sight."""
    if node is None or not node.isValid() or node.state().invisible:
        return
    for kind in _SPOKEN:
        yield node.text(kind)
    for at in range(node.childCount()):
        yield from _spoken(node.child(at))
