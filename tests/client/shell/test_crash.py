import logging
import sys
import threading

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from client.shell.crash import CrashGuard
from sync.errors import Defect, KeyakiError


def words(error: KeyakiError) -> str:
    return f"Something unexpected happened (E-{error.number})."


@pytest.fixture
def guard(qapp):
    made = CrashGuard(words)
    made.install()
    yield made
    made.remove()
    if made.dialog is not None:
        made.dialog.accept()
    QCoreApplication.processEvents()


def raised(error: Exception):
    """What the interpreter hands to its hook."""

    def fail() -> None:
        raise error

    try:
        fail()
    except type(error):
        return sys.exc_info()


def test_an_exception_nobody_caught_is_logged_and_said_in_plain_words(qtbot, guard, logs):
    logs.announce("keyaki.crash", "not caught", logging.ERROR)
    with qtbot.waitSignal(guard.happened) as seen:
        sys.excepthook(*raised(ZeroDivisionError("secret detail")))
    assert isinstance(seen.args[0], Defect)
    dialog = guard.dialog
    assert dialog is not None
    assert dialog.words.text() == "Something unexpected happened (E-9001)."
    dialog._copy()
    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()


def test_an_exception_of_another_thread_is_shown_in_the_gui_thread(qtbot, guard, logs):
    logs.announce("keyaki.crash", "not caught", logging.ERROR)

    def work() -> None:
        raise LookupError

    with qtbot.waitSignal(guard.happened):
        thread = threading.Thread(target=work)
        thread.start()
    thread.join()
    assert guard.dialog is not None


def test_a_fault_that_repeats_opens_one_dialog(qtbot, guard, logs):
    logs.announce("keyaki.crash", "not caught", logging.ERROR)
    for _ in range(3):
        sys.excepthook(*raised(ValueError()))
    first = guard.dialog
    first.accept()
    assert guard.dialog is None
    sys.excepthook(*raised(ValueError()))
    assert guard.dialog is not None
    assert guard.dialog is not first


def test_the_hooks_are_given_back(qapp):
    before = sys.excepthook, threading.excepthook
    made = CrashGuard(words)
    made.install()
    assert sys.excepthook != before[0]
    made.remove()
    assert (sys.excepthook, threading.excepthook) == before
