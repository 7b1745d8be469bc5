"""F6: from one part of the window to the next, each remembering where the focus was in it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def next_pane(panes: Sequence[QWidget]) -> QWidget | None:
    """Give the focus to the next of these parts that can take it; returns what has it now, None where no part can."""
    here = QApplication.focusWidget()
    inside = [at for at, pane in enumerate(panes) if here is not None and (pane is here or pane.isAncestorOf(here))]
    start = inside[-1] + 1 if inside else 0
    for pane in [*panes[start:], *panes[:start]]:
        target = _target(pane)
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return target
    return None


def in_reading_order(page: QWidget, above: Sequence[QWidget]) -> None:
    """Have Tab go through these parts of a page before the rest of it, whatever was made first."""
    chain: list[QWidget] = []
    found = page.nextInFocusChain()
    while found is not None and found is not page:
        if page.isAncestorOf(found) and found.focusPolicy() & Qt.FocusPolicy.TabFocus:
            chain.append(found)
        found = found.nextInFocusChain()
    heads = [widget for part in above for widget in chain if part.isAncestorOf(widget)]
    order = [*heads, *(widget for widget in chain if widget not in heads)]
    for before, after in pairwise(order):
        QWidget.setTabOrder(before, after)


def _target(pane: QWidget) -> QWidget | None:
    """Where the focus was in a part, else the first of its widgets that takes the focus by Tab."""
    if not pane.isVisible():
        return None
    was = cast("QWidget | None", pane.focusWidget())  # the stub knows no widget without a focus
    if was is not None and was.isVisible() and was.isEnabled():
        return was
    found = pane
    while True:
        if _takes_focus(found) and (found is pane or pane.isAncestorOf(found)):
            return found
        following: QWidget | None = found.nextInFocusChain()
        if following is None or following is pane:
            return None
        found = following


def _takes_focus(widget: QWidget) -> bool:
    by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(by_tab) and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
