"""A process with windows ends with its own exit code, whatever of Qt was in use: real processes, watched from outside.

Each starts what once was, or might be, alive when Python had already ended.
"""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

BEGIN = """
import sys
from pathlib import Path
from PySide6.QtCore import QMimeData, QObject, QStringListModel, QThread, QTimer, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QProxyStyle, QWidget
from client.desk import Common
from client.settings import Settings
from client.shell.ending import end
from client.shell.window import Window
from client.widgets import ink

application = QApplication(sys.argv[:1])
common = Common(application, Settings(Path(sys.argv[1])))
window = QWidget()
field = QLineEdit(window)
window.show()
application.processEvents()
"""

END = """
end(application)
print("ended")
"""

COPIED = """
data = QMimeData()
data.setText("80")
data.setData("application/x-keyaki", b"1")
QGuiApplication.clipboard().setMimeData(data)
"""

HANDLER = """
import ctypes
from PySide6.QtCore import QLibraryInfo

heard = []
qInstallMessageHandler(lambda kind, context, words: heard.append(words))
if sys.platform == "linux":  # Qt complains of something when Python is gone: here, of a loop without an application
    core = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.LibrariesPath), "libQt6Core.so.6")
    complains = ctypes.CDLL(str(core))._ZN16QCoreApplication4execEv
    assert ctypes.CDLL(None).__cxa_atexit(ctypes.cast(complains, ctypes.c_void_p), None, None) == 0
"""

FILTER = """
class Filter(QObject):
    def eventFilter(self, watched, event):
        return super().eventFilter(watched, event)

own, parented = Filter(), Filter(application)
application.installEventFilter(own)
application.installEventFilter(parented)
"""

STYLE = """
class Style(QProxyStyle):
    def polish(self, what):
        return super().polish(what)

application.setStyle(Style("Fusion"))
"""

MODEL = """
class Model(QStringListModel):
    def rowCount(self, *parent):
        return super().rowCount(*parent)

model = Model(["a", "b"])
view = QListView()
view.setModel(model)
view.show()
application.processEvents()
"""

ICONS = """
icon = ink.look().icon("undo", ink.look().tokens.text)
window.setWindowIcon(icon)
application.setWindowIcon(icon)
"""

TIMERS = """
class Clock(QObject):
    def timerEvent(self, event):
        field.setText(str(event.timerId()))

clock = Clock(application)
clock.startTimer(0)
timer = QTimer()
timer.timeout.connect(lambda: field.clear())
timer.start(0)
QTimer.singleShot(60_000, lambda: field.clear())
"""

THREAD = """
class Worker(QObject):
    def run(self):
        pass

    def done(self, *result):
        pass

worker, thread = Worker(), QThread(application)
worker.moveToThread(thread)
thread.started.connect(worker.run)
thread.start()
common.tasks.run(lambda: 1, worker.done, worker.done)
thread.quit()
assert thread.wait()
assert common.tasks.close()
"""

USES = {
    "copied": COPIED,
    "handler": HANDLER,
    "everything": COPIED + FILTER + STYLE + MODEL + ICONS + TIMERS + THREAD + HANDLER,
}
COMPLAINT = "QApplication::exec: Please instantiate"


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "dev", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("use", USES)
def test_a_program_ends_with_its_own_code_whatever_was_in_use(use: str, tmp_path: Path) -> None:
    done = run("-c", BEGIN + USES[use] + END, str(tmp_path / "settings"))
    said = [line for line in done.stderr.splitlines() if not line.startswith(COMPLAINT)]
    assert (done.returncode, done.stdout, said) == (0, "ended\n", [])


def test_a_session_of_tests_ends_with_its_own_code_with_something_copied(tmp_path: Path) -> None:
    copying = "tests/client/widgets/test_texts.py::test_a_pasted_rich_text_arrives_plain"
    done = run("-m", "pytest", "-q", "-n0", "-o", f"cache_dir={tmp_path}", copying)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout
