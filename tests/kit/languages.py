"""Every word a window shows or speaks, and those that stay as they were when the language changes."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from shiboken6 import delete

from client.resources import ROOT
from client.shell.translate import Translations

_ENGLISH = re.compile(r"[a-z]{3}")
_KEYS = re.compile("Enter|Ctrl|Shift|Home")
"""What is written on keys is the same in every language."""
A_MOMENT_MS, MOMENTS = 50, 40
"""What follows the hand, sums and panel, follows in moments; after so many it never does."""


def _said(widget: QWidget) -> Iterator[str]:
    for name in ("text", "toolTip", "accessibleName", "accessibleDescription", "windowTitle", "placeholderText"):
        ask: Any = getattr(widget, name, None)
        if ask is not None:
            yield ask()
    if isinstance(widget, QAbstractItemView):
        model = widget.model()
        for column in range(model.columnCount()):
            yield model.headerData(column, Qt.Orientation.Horizontal) or ""
            for row in range(min(model.rowCount(), 3)):
                yield str(model.index(row, column).data() or "")


def words_of(window: QWidget) -> dict[str, str]:
    """{where: words} of everything on screen that is English."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    shown = [window, *(each for each in window.findChildren(QWidget) if each.isVisible())]
    told = {f"{type(each).__name__}: {words}": words for each in shown for words in _said(each)}
    return {where: words for where, words in told.items() if _ENGLISH.search(_KEYS.sub("", words))}


class Spoken(Protocol):
    """Who holds the language of what is said besides the words of the source."""

    language: str


@pytest.fixture
def left_behind(qapp: QApplication) -> Iterator[Callable[[QWidget, Spoken | None], list[str]]]:
    """(a window that speaks English, who else speaks) -> its English words once Japanese is spoken.

    Names of examples are Japanese, so that whatever is English then was forgotten.
    """
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # windows of tests before, their stores closed
    translations = Translations(qapp, ROOT / "i18n")
    assert translations.show("en")

    def switch(window: QWidget, spoken: Spoken | None = None) -> list[str]:
        assert words_of(window), "there is something to be said"
        if spoken is not None:
            spoken.language = "ja"
        assert translations.show("ja")
        for _ in range(MOMENTS):
            QTest.qWait(A_MOMENT_MS)
            if not words_of(window):
                return []
        return sorted(words_of(window))

    yield switch
    delete(translations)  # the next test finds the application as it was
    QApplication.processEvents()  # and no page hears of it when its store is closed
