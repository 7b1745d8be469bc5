"""Nobody there, the PC asleep, the key, the desktop: each is noticed once it is so, and not before."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QVBoxLayout
from pytestqt.qtbot import QtBot

from client.shell.cause import Cause
from client.shell.watch import IDLE_S, Watch, _path

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Watched:
    """A watch with clocks of a test's own, and what it said."""

    def __init__(self, application: QApplication) -> None:
        self.awake, self.boot = 100.0, 5_000.0
        self.watch = Watch(application, lambda: self.awake, lambda: self.boot)
        self.said: list[Cause] = []
        self.typed = 0
        self.watch.away.connect(self.said.append)
        self.watch.typed.connect(self._typed)

    def _typed(self) -> None:
        self.typed += 1

    def pass_(self, seconds: float, asleep: float = 0) -> None:
        self.awake += seconds
        self.boot += seconds + asleep
        self.watch.look()


@pytest.fixture
def watched(qapp: QApplication) -> Iterator[Watched]:
    made = Watched(qapp)
    yield made
    made.watch.stop()


def test_ten_minutes_without_a_key_or_the_mouse_in_any_window(watched: Watched, qtbot: QtBot) -> None:
    one, other = QLineEdit(), QLineEdit()
    for window in (one, other):
        qtbot.addWidget(window)
        window.show()
    for window in (one, other, one):
        watched.pass_(IDLE_S - 1)
        QTest.keyClick(window, Qt.Key.Key_5)
    watched.pass_(IDLE_S - 1)
    QTest.mouseMove(other)
    QTest.mouseClick(other, Qt.MouseButton.LeftButton)
    watched.pass_(IDLE_S - 1)
    assert watched.said == []
    watched.pass_(1)
    assert watched.said == [Cause.IDLE]
    assert watched.typed >= 3


def test_sleep_is_noticed_by_the_clock_that_counts_it(watched: Watched) -> None:
    watched.pass_(5)
    watched.pass_(5, asleep=1)
    assert watched.said == []
    watched.pass_(5, asleep=3_600)
    assert watched.said == [Cause.SLEEP]


def test_the_key_is_heard_over_a_box_and_over_a_menu(watched: Watched, qtbot: QtBot) -> None:
    window = QLineEdit()
    qtbot.addWidget(window)
    window.show()
    box = QDialog(window)
    box.setModal(True)
    QVBoxLayout(box).addWidget(line := QLineEdit(box))
    box.open()
    QTest.keyClick(line, Qt.Key.Key_L, CONTROL_SHIFT)
    assert watched.said
    assert set(watched.said) == {Cause.KEY}
    assert line.text() == ""
    watched.said.clear()
    box.close()
    menu = QMenu(window)
    menu.addAction("one")
    menu.popup(window.pos())
    QTest.keyClick(menu, Qt.Key.Key_L, CONTROL_SHIFT)
    assert set(watched.said) == {Cause.KEY}
    menu.close()
    watched.said.clear()
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert watched.said == []


@pytest.mark.parametrize(
    ("session", "path"),
    [("", ""), ("2", "/org/freedesktop/login1/session/_32"), ("c1", "/org/freedesktop/login1/session/c1")],
)
def test_where_the_bus_keeps_a_session(session: str, path: str) -> None:
    assert _path(session) == path


HEARS = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from client.shell.watch import SessionWatch
application = QCoreApplication([])
watch = SessionWatch(application)
watch.away.connect(lambda cause: (print(cause.value, flush=True)))
print("hears", flush=True)
QTimer.singleShot(30_000, application.quit)
sys.exit(application.exec())
"""
BUS = """
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy>
</busconfig>
"""


def send(bus: str, path: str, what: str, *words: str) -> None:
    subprocess.run(["dbus-send", f"--bus={bus}", "--type=signal", path, what, *words], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="#4 2026-11-26: the desktop's bus is Linux'")
def test_a_locked_session_a_covered_screen_and_a_pc_about_to_sleep_are_heard_over_a_real_bus(tmp_path: Path) -> None:
    (tmp_path / "bus.conf").write_text(textwrap.dedent(BUS).strip().format(path=tmp_path / "bus"), "utf-8")
    command = ["dbus-daemon", f"--config-file={tmp_path / 'bus.conf'}", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        bus = daemon.stdout.readline().strip()
        around = {"DBUS_SYSTEM_BUS_ADDRESS": bus, "DBUS_SESSION_BUS_ADDRESS": bus, "XDG_SESSION_ID": "2"}
        words = [sys.executable, "-c", HEARS]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=os.environ | around) as program:
            assert program.stdout is not None
            assert program.stdout.readline() == "hears\n"
            login = "org.freedesktop.login1"
            send(bus, "/org/freedesktop/login1", f"{login}.Manager.PrepareForSleep", "boolean:false")
            send(bus, "/org/freedesktop/login1/session/_31", f"{login}.Session.Lock")  # somebody else's
            send(bus, "/org/freedesktop/login1/session/_32", f"{login}.Session.Lock")
            assert program.stdout.readline() == "session\n"
            send(bus, "/org/freedesktop/login1", f"{login}.Manager.PrepareForSleep", "boolean:true")
            assert program.stdout.readline() == "sleep\n"
            send(bus, "/ScreenSaver", "org.freedesktop.ScreenSaver.ActiveChanged", "boolean:true")
            assert program.stdout.readline() == "session\n"
            program.kill()
        daemon.kill()
