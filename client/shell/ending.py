"""Ends Qt while Python still runs, in an order that does not depend on chance."""

from typing import cast

from PySide6.QtCore import QMimeData, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from shiboken6 import createdByPython, delete, isValid


def end(application: QApplication) -> None:
    """Take down windows, clipboard and application; nothing of Qt may be used afterwards.

    Threads and pools have ended before. What is not taken down here meets C++'s own end of the process, after
    Python's: an object with a Python side then brings the process down (SIGSEGV), whatever its exit code was to be.
    """
    _leave_copied_text(application)
    for window in application.topLevelWidgets():
        if isValid(window) and window.parent() is None:
            delete(window)
    qInstallMessageHandler(None)
    application.shutdown()


def _leave_copied_text(application: QApplication) -> None:
    """Hand the clipboard data of Qt's own making: without a windowing system it is kept in a static of Qt's."""
    clipboard = application.clipboard()
    data = cast("QMimeData | None", clipboard.mimeData())  # the stub knows no empty clipboard
    if data is not None and createdByPython(data):
        clipboard.setText(clipboard.text())
