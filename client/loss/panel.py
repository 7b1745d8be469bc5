"""紛失報告: the PCs that hold the school's records, what was on one, and what is ordered about it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, QModelIndex, QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from client.loss.detail import DeviceDetail
from client.loss.orders import question, said_of
from client.loss.rules import first_shown, text_bytes
from client.loss.sources import Sources
from client.loss.table import DeviceTable
from client.loss.words import Teller
from client.shell.actions import bind
from client.shell.messages import Messages, of_error
from client.shell.pages import Left, Page, PageFrame, Place
from client.takeout.record import FileRefused
from client.takeout.rules import csv_bytes
from client.widgets import ink
from client.widgets.button import Button
from client.widgets.column_table import RECORD_ROLE
from client.widgets.empty_state import EmptyState
from client.widgets.ground import Ground
from client.widgets.ink import Tone
from client.widgets.message_strip import Act, Message
from client.widgets.record_list import RecordList
from client.widgets.scroll_area import ScrollArea
from client.widgets.segmented import Segmented
from sync.errors import KeyakiError
from sync.protocol.device import DeviceLine, DevicesAnswer, LossReport
from sync.protocol.errors import SignInTooOld

KEY = "devices"
HELD = "held"
"""The page of what lies on this PC."""
SCHOOL, MINE = "school", "mine"
SIGN_IN = "sign_in"
LINES = 8
AGAIN_MS = 20_000
"""So often the school is asked what came of an order while somebody looks."""


def page(sources: Sources) -> Page:
    """The page for the window's list."""
    title = lambda: QCoreApplication.translate("DevicesPage", "Devices")  # noqa: E731  asked at each change of language
    return Page(KEY, "devices", title, lambda: DevicesPage(sources), place=Place.LOW)


class DevicesPage(PageFrame):
    """The list above, below it the report of the device that is looked at."""

    def __init__(self, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("Devices"), parent)
        self._from = sources
        self._told = DevicesAnswer(devices=())
        self._waiting: Left | None = None
        self._loading, self._deed = "", ""
        self._wanted_deed = "", ""
        self.messages = Messages(sources.speech.sentence, self)
        self.view = Segmented(
            lambda: self.tr("Shown"),
            [(SCHOOL, lambda: self.tr("The school's")), (MINE, lambda: self.tr("My own"))],
            self,
        )
        self.inside = Button(lambda: self.tr("What is on this PC"), parent=self)
        self.export = Button(lambda: self.tr("Export list…"), parent=self)
        self.table = DeviceTable(self._teller(), self)
        self.list = RecordList(self.table, self)
        self.detail = DeviceDetail(self)
        self._build()
        self._wire()

    def _build(self) -> None:
        look = ink.look()
        self.selectors.addWidget(self.view)
        self.buttons.addWidget(self.inside)
        self.buttons.addWidget(self.export)
        self.view.hide()
        self.empty = EmptyState(
            "devices",
            lambda: self.tr("No list yet"),
            lambda: self.tr(
                "The school is asked which PCs hold its records. Without a connection, tell a head by phone."
            ),
        )
        inner = Ground("window", None)
        column = QVBoxLayout(inner)
        column.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(24))
        column.setSpacing(look.px(16))
        for part in (self.list, self.empty, self.detail):
            column.addWidget(part)
        column.addStretch(1)
        self.detail.hide()
        self.body.addWidget(ScrollArea(inner, self), 1)

    def _wire(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._line_chosen)
        self.detail.ordered.connect(self.ask)
        self.detail.exported.connect(self._export_report)
        self.export.clicked.connect(self._export_list)
        self.inside.clicked.connect(self._open_inside)
        self.view.chosen.connect(self._view_chosen)
        bind(self, "lost", KEY).triggered.connect(self._ask_lost)
        self._again = QTimer(self)
        self._again.timeout.connect(self._look_again)
        self._again.start(AGAIN_MS)

    # -- what is on screen --------------------------------------------------------------------------------------------

    def arrive(self, argument: object) -> None:
        self.reload()
        self.list.setFocus()

    def left(self) -> Left | None:
        if self._waiting is not None:
            return self._waiting
        report, written = self.detail.report, self.detail.reason.on_screen
        if report is None:
            return None
        return Left({"device": report.device.id}, {"reason": written} if written else {})

    def come_back(self, left: Left) -> bool:
        self._waiting = left
        return True

    @Slot(object)
    def records_changed(self, types: frozenset[str]) -> None:
        """The store says that records of these types changed."""
        if types & {"staff", "class", "group"} and self.isVisible():
            self._show_all()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._show_all()

    def reload(self) -> None:
        """Ask the school which devices there are."""
        self._from.tasks.run(self._from.devices.office.lists, self._came, self._failed)

    @Slot()
    def _look_again(self) -> None:
        report = self.detail.report
        if self.isVisible() and report is not None and report.device.state in ("suspended", "wiping"):
            self.reload()

    @Slot(object)
    def _came(self, told: DevicesAnswer) -> None:
        self._told = told
        self.view.setVisible(told.heads)
        self._show_all()
        line = self._wanted()
        if line is not None:
            self._show(line)

    def _show_all(self) -> None:
        lines = self._lines()
        self.table.show_all(lines, self._teller())
        self.list.fit_height(min(max(len(lines), 1), LINES))
        self.list.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.export.setEnabled(bool(lines))
        if self.detail.report is not None:
            self.detail.show_report(self.detail.report, self._teller(), heads=self._told.heads)

    def _lines(self) -> list[DeviceLine]:
        mine = self._told.heads and self.view.key == MINE
        return [line for line in self._told.devices if line.mine or not mine]

    def _wanted(self) -> DeviceLine | None:
        """The device to look at."""
        report, waiting = self.detail.report, self._waiting
        before = waiting.place["device"] if waiting is not None else report and report.device.id
        return first_shown(self._lines(), before)

    def _show(self, line: DeviceLine) -> None:
        """Stand on a device, and ask for its report."""
        at = next((at for at, each in enumerate(self.table.rows) if each.id == line.id), -1)
        index = self.table.index(at, 0)
        if index.isValid() and self.list.currentIndex().row() != at:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.list.selectionModel().setCurrentIndex(index, flags)  # which asks for it
        else:
            self._ask_report(line)

    def _ask_report(self, line: DeviceLine) -> None:
        office, self._loading = self._from.devices.office, line.id
        self._from.tasks.run(lambda: office.report(line.id), self._report_came, self._failed)

    @Slot(object)
    def _report_came(self, report: LossReport) -> None:
        if report.device.id != self._loading:
            return  # somebody has gone on to another one
        self.detail.show_report(report, self._teller(), heads=self._told.heads)
        self.detail.show()
        waiting = self._waiting
        if waiting is None or waiting.place["device"] != report.device.id:
            return
        self._waiting = None
        if waiting.typed:
            self.detail.reason.setText(waiting.typed["reason"])
            self.detail.reason.setFocus()

    @Slot(QModelIndex, QModelIndex)
    def _line_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        line = current.data(RECORD_ROLE) if current.isValid() else None
        if line is not None:
            self._ask_report(line)

    @Slot(object)
    def _view_chosen(self, _key: object) -> None:
        self._show_all()
        line = self._wanted()
        if line is not None:
            self._show(line)

    def _teller(self) -> Teller:
        devices = self._from.devices
        return Teller(devices.staff(), devices.classes(), self._from.speech, self._from.clock())

    # -- ordering -----------------------------------------------------------------------------------------------------

    @Slot(str)
    def ask(self, deed: str) -> None:
        """Order something about the device on screen; what cannot be undone is asked about first."""
        report = self.detail.report
        if report is None or not self.detail.asks(deed):
            return
        if deed in ("lost", "wipe"):
            self._wanted_deed = deed, report.device.id
            self.messages.ask(question(deed, report.device.name), self, self._answered)
        else:
            self._order(deed, report.device.id)

    @Slot()
    def _ask_lost(self) -> None:
        self.ask("lost")

    @Slot(bool)
    def _answered(self, yes: bool) -> None:
        if yes:
            self._order(*self._wanted_deed)

    def _order(self, deed: str, device: str) -> None:
        office, reason = self._from.devices.office, self.detail.reason.text().strip()
        self._loading, self._deed = device, deed
        self._from.tasks.run(lambda: office.order(device, deed, reason), self._ordered, self._failed)

    @Slot(object)
    def _ordered(self, report: LossReport) -> None:
        deed = self._deed
        self.detail.reason.clear()
        self.strip.show_message(Message(lambda: said_of(deed), Tone.INFO))
        self._report_came(report)
        self.reload()

    @Slot(object)
    def _failed(self, error: KeyakiError) -> None:
        acts = (Act(SIGN_IN, lambda: self.tr("Sign in again")),) if isinstance(error, SignInTooOld) else ()
        self.strip.show_message(of_error(error, self._from.speech.sentence, None, acts))

    @Slot()
    def _open_inside(self) -> None:
        self.opened.emit(HELD, None)

    # -- for the board ------------------------------------------------------------------------------------------------

    @Slot()
    def _export_report(self) -> None:
        report = self.detail.report
        if report is None:
            return
        name = self.tr("loss report {device} {day}").format(device=report.device.name, day=self._day())
        rows = self._teller().whole(report)
        self._write(f"{name}.txt", lambda csv: csv_bytes(rows) if csv else text_bytes(rows))

    @Slot()
    def _export_list(self) -> None:
        name = self.tr("devices {day}").format(day=self._day())
        self._write(f"{name}.csv", lambda _: csv_bytes(self.table.cells()))

    def _day(self) -> str:
        return self._from.clock().date().isoformat()

    def _write(self, name: str, content: Callable[[bool], bytes]) -> None:
        """Write into a file somebody chooses. content: (whether it is to be CSV) -> its bytes."""
        path = self._from.save(name)
        if not path:
            return
        try:
            Path(path).write_bytes(content(path.lower().endswith(".csv")))
        except OSError as error:
            self._failed(FileRefused(reason=type(error).__name__))
            return
        self.strip.show_message(Message(lambda: self.tr("Exported."), Tone.INFO, passing=True))
