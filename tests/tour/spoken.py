"""What a screen reader would say: every control and every cell on screen, and those it could only call "button"."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QHeaderView, QScrollBar, QTableView, QWidget

ROWS = 3
"""So many rows of a table are listened to: what they say is made by one rule a column."""


def controls(window: QWidget) -> Iterator[QWidget]:
    """What takes the focus, or does something, and is on screen."""
    for widget in (window, *window.findChildren(QWidget)):
        if not widget.isVisibleTo(window) or isinstance(widget, QHeaderView | QScrollBar):
            continue
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            yield widget


def name_of(widget: QWidget) -> str:
    """What is said of a widget."""
    return _said(QAccessible.queryAccessibleInterface(widget))


def _said(interface: QAccessibleInterface | None) -> str:
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def cells(view: QTableView, rows: int = ROWS) -> Iterator[tuple[int, int, str]]:
    """(row, column, what is said) of the first cells of a table, as the accessible interface tells them."""
    model, interface = view.model(), QAccessible.queryAccessibleInterface(view)
    wide, room = model.columnCount(), QRect(QPoint(0, 0), view.viewport().size())
    for row in range(min(model.rowCount(), rows)):
        for column in range(wide):
            if view.visualRect(model.index(row, column)).intersects(room):
                child = (row + 1) * (wide + 1) + column + 1  # headers come first, of columns and of each row
                yield row, column, _said(interface.child(child) if interface is not None else None)


def nameless(window: QWidget) -> list[str]:
    """Controls and cells of a window that say nothing."""
    found = [f"{type(widget).__name__} in {_place(widget)}" for widget in controls(window) if not name_of(widget)]
    for view in window.findChildren(QTableView):
        if view.isVisibleTo(window) and view.model() is not None:
            silent = ((row, column) for row, column, said in cells(view) if not said)
            where = f"{type(view).__name__} in {_place(view)}"
            found += [f"cell {row}, {column} of {where}" for row, column in silent]
    return found


def _place(widget: QWidget) -> str:
    names: list[str] = []
    above = widget.parentWidget()
    while above is not None and len(names) < 3:
        names.append(type(above).__name__)
        above = above.parentWidget()
    return " < ".join(names)
