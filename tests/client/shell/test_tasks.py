import logging
import threading

import pytest
from PySide6.QtCore import QObject, QThread, Slot

from client.shell.tasks import Tasks
from sync.errors import Defect, FormError, KeyakiError


class Hearer(QObject):
    """Remembers what it was told, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.errors: list[KeyakiError] = []
        self.threads: list[QThread] = []

    @Slot(object)
    def done(self, result: object) -> None:
        self.results.append(result)
        self.threads.append(QThread.currentThread())

    @Slot(object)
    def failed(self, error: KeyakiError) -> None:
        self.errors.append(error)
        self.threads.append(QThread.currentThread())


@pytest.fixture
def tasks(qapp):
    made = Tasks()
    yield made
    assert made.close()


def test_a_job_leaves_the_gui_thread_and_its_result_comes_back_to_it(qtbot, tasks):
    hearer = Hearer()
    tasks.run(threading.get_ident, hearer.done, hearer.failed)
    qtbot.waitUntil(lambda: bool(hearer.results))
    assert hearer.results != [threading.get_ident()]
    assert hearer.threads == [QThread.currentThread()]
    assert hearer.errors == []


def test_an_error_of_ours_comes_back_as_it_was_raised(qtbot, tasks):
    def job() -> None:
        raise FormError(lines=3)

    hearer = Hearer()
    tasks.run(job, hearer.done, hearer.failed)
    qtbot.waitUntil(lambda: bool(hearer.errors))
    assert isinstance(hearer.errors[0], FormError)
    assert hearer.errors[0].facts == {"lines": 3}
    assert hearer.threads == [QThread.currentThread()]


def test_anything_else_that_a_job_raises_is_our_fault(qtbot, tasks, logs):
    def job() -> None:
        raise ZeroDivisionError

    hearer = Hearer()
    logs.announce("keyaki.tasks", "a task failed", logging.ERROR)
    tasks.run(job, hearer.done, hearer.failed)
    qtbot.waitUntil(lambda: bool(hearer.errors))
    assert isinstance(hearer.errors[0], Defect)
    assert "ZeroDivisionError" in str(hearer.errors[0].facts["assumed"])


def test_a_result_for_an_object_that_is_gone_is_dropped(qtbot, tasks):
    go, other = threading.Event(), Hearer()
    gone = Hearer()
    results = gone.results
    tasks.run(go.wait, gone.done, gone.failed)
    del gone
    go.set()
    tasks.run(lambda: 7, other.done, other.failed)
    qtbot.waitUntil(lambda: bool(other.results))
    qtbot.wait(20)
    assert results == []


def test_closing_forgets_what_waits(qtbot, qapp):
    tasks, hearer, go = Tasks(), Hearer(), threading.Event()
    tasks.run(go.wait, hearer.done, hearer.failed)
    go.set()
    assert tasks.close()
    qtbot.wait(20)
    assert hearer.results == []
