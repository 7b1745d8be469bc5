"""What happens when we were wrong: the trace goes to the log, plain words and a number go to the person."""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.ink import Step
from client.widgets.label import Label
from client.widgets.paragraph import Paragraph
from client.widgets.window_title import title_window
from sync.errors import Defect, Fault, KeyakiError

_log = logging.getLogger("keyaki.crash")


class CrashDialog(QDialog):
    """What happened, what is safe, the number, and the trace to copy for IT staff; the program goes on."""

    def __init__(self, words: str, number: int, trace: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = ink.look()
        self._trace = trace
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title_window(self, lambda: self.tr("Something unexpected happened"))
        column = QVBoxLayout(self)
        margin = look.px(24)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(look.px(16))
        column.addWidget(Label(self.tr("Something unexpected happened"), Step.HEADING, self))
        self.words = Paragraph(words, Step.BODY, self)
        self.words.setFixedWidth(look.px(440))
        column.addWidget(self.words)
        column.addWidget(Label(f"E-{number}", Step.CAPTION, self, colour="text2"))
        row = QHBoxLayout()
        copy = Button(self.tr("Copy the details"), Kind.PLAIN, self, icon="copy")
        copy.clicked.connect(self._copy)
        go_on = Button(self.tr("Go on"), Kind.PRIMARY, self)
        go_on.clicked.connect(self.accept)
        row.addWidget(copy)
        row.addStretch(1)
        row.addWidget(go_on)
        column.addLayout(row)
        go_on.setFocus()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._trace)


class CrashGuard(QObject):
    """Takes over the hooks for exceptions nobody caught, in every thread.

    words: (error) -> the sentence of its number. One dialog at a time: a fault that repeats at each repaint must not
    bury the screen. `happened` carries every error, for the diagnostics.
    """

    happened = Signal(object)  # KeyakiError
    _seen = Signal(object, str)

    def __init__(self, words: Callable[[KeyakiError], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._dialog: CrashDialog | None = None
        self._seen.connect(self._show)
        self._before = sys.excepthook, threading.excepthook

    def install(self) -> None:
        """Take the hooks."""
        sys.excepthook = self._main_hook
        threading.excepthook = self._thread_hook

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._before

    @property
    def dialog(self) -> CrashDialog | None:
        """The dialog on screen, or None."""
        return self._dialog

    @Slot(object)
    def report(self, error: KeyakiError) -> None:
        """Show an error of ours that was caught and carried here."""
        self._log(type(error), error, error.__traceback__)

    def _main_hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self._log(kind, error, trace)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._log(args.exc_type, args.exc_value, args.exc_traceback)

    def _log(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        _log.error("not caught", exc_info=(kind, error, trace))
        ours = error if isinstance(error, KeyakiError) and error.fault is Fault.OURS else None
        told = ours or Defect(assumed=f"{kind.__name__} would be caught")
        text = "".join(traceback.format_exception(kind, error, trace))
        if QThread.currentThread() is self.thread():
            self._show(told, text)
        else:
            self._seen.emit(told, text)

    @Slot(object, str)
    def _show(self, error: KeyakiError, trace: str) -> None:
        self.happened.emit(error)
        if self._dialog is not None:
            return
        self._dialog = CrashDialog(self._words(error), error.number, trace, QApplication.activeWindow())
        self._dialog.finished.connect(self._closed)
        self._dialog.open()

    @Slot(int)
    def _closed(self, _result: int) -> None:
        self._dialog = None
