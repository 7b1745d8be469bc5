"""What was copied here is taken out of the clipboard; what others copied never is. On a real display: only there does
a clipboard have an owner.
"""

import os
import shutil
import subprocess
import sys

import pytest

OURS = """
import subprocess, sys
from client.screen import Screen
with Screen():
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QWidget
    from client.shell.copied import Copied
    application = QApplication([])
    window = QWidget()
    window.show()
    QTest.qWaitForWindowExposed(window)
    clipboard = application.clipboard()
    copied = Copied(clipboard, window, stays_ms=400)
    def wait(reached):
        for _ in range(500):
            if reached():
                return
            QTest.qWait(20)
        raise AssertionError(clipboard.text())
    clipboard.setText("71")
    QTest.qWait(250)
    clipboard.setText("72")
    QTest.qWait(250)
    print("own time:", clipboard.text())
    wait(lambda: clipboard.text() == "")
    print("gone by itself")
    clipboard.setText("73")
    copied.take_back()
    wait(lambda: clipboard.text() == "")
    print("gone at once")
    clipboard.setText("74")
    with subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdin=subprocess.PIPE) as other:
        wait(lambda: clipboard.text() == "another's")
        QTest.qWait(600)
        copied.take_back()
        QTest.qWait(200)
        print("stays:", clipboard.text())
        other.kill()
"""
OTHER = """
from PySide6.QtWidgets import QApplication
application = QApplication([])
application.clipboard().setText("another's")
application.exec()
"""


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="#4 2026-11-26: there is no display to be had")
def test_a_copy_of_ours_goes_after_its_time_or_at_the_lock_and_anothers_stays() -> None:
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run(
        [sys.executable, "-c", OURS, OTHER], env=bare, capture_output=True, text=True, check=False, timeout=60
    )
    said = ["own time: 72", "gone by itself", "gone at once", "stays: another's"]
    assert done.stdout.splitlines() == said, done.stderr
