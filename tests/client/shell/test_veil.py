"""A veil on a real display, where the clipboard has an owner: what was copied here goes, what others copied stays."""

import os
import shutil
import subprocess
import sys

import pytest

OURS = """
from client.screen import Screen
with Screen():
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QWidget
    from client.shell.veil import Veil
    application = QApplication([])
    window = QWidget()
    window.show()
    QTest.qWaitForWindowExposed(window)
    clipboard = application.clipboard()
    veil = Veil(application, window)
    clipboard.setText("71")
    veil.draw()
    print(repr(clipboard.text()))
    veil.lift()
    veil.stop()
"""


@pytest.mark.skipif(not shutil.which("Xvfb"), reason="#5 2026-11-26: needs a virtual display")
def test_what_was_copied_here_goes_when_the_veil_is_drawn() -> None:
    clean = {name: value for name, value in os.environ.items() if name not in ("QT_QPA_PLATFORM", "DISPLAY")}
    ran = subprocess.run([sys.executable, "-c", OURS], env=clean, capture_output=True, text=True, check=False)
    assert ran.stdout == "''\n", ran.stderr
