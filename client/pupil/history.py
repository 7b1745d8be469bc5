"""S19 履歴・復元: everything that was changed about one pupil, by whom, when and on which PC; a value put back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from client.pupil.sources import Sources
from client.shell.messages import of_error
from client.syncing.record import Changed
from client.syncing.rules import JAPAN, when
from client.syncing.words import path_of, person, value_words
from client.terms import Speech
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.column_table import Column, ColumnTable
from client.widgets.diff_text import DiffText
from client.widgets.empty_state import EmptyState
from client.widgets.ink import Step, Tone
from client.widgets.label import Label
from client.widgets.marks import CellState
from client.widgets.message_strip import Message, MessageStrip
from client.widgets.paragraph import Paragraph
from client.widgets.record_list import RecordList
from client.widgets.window_title import title_window
from sync.errors import KeyakiError
from sync.protocol.past import PastAnswer

translate = QCoreApplication.translate
SIZE: Final = (1200, 640)
_MUTED: Final = int(CellState.MUTED)


@dataclass(frozen=True, slots=True)
class PastTeller:
    """The words of a change. staff: {id: name}; me: who sits here."""

    staff: Mapping[str, str]
    me: str | None
    speech: Speech
    now: datetime

    def what(self, each: Changed) -> str:
        """Where the field stands."""
        return "  ".join(part for part in (each.about.place, path_of(each.about, self.speech)) if part)

    def says(self, each: Changed) -> bool:
        """Whether it says anything to a person: what only names other records does not."""
        return any(value_words(each.about, value, self.speech) for value in (each.before, each.after))

    def value(self, each: Changed) -> str:
        """What it was after the change."""
        return value_words(each.about, each.after, self.speech) or translate("PupilHistory", "blank")

    def before(self, each: Changed) -> str:
        """What it was before, where that is known."""
        return value_words(each.about, each.before, self.speech) or "－"

    def who(self, each: Changed) -> str:
        """Who did it."""
        name = person(self.staff, each.by)
        return translate("PupilHistory", "{name} (you)").format(name=name) if each.by and each.by == self.me else name

    def moment(self, each: Changed) -> str:
        """When."""
        return when(each.at, self.now)

    def where(self, each: Changed) -> str:
        """On which PC."""
        if each.here:
            return translate("PupilHistory", "this PC")
        return each.pc or translate("PupilHistory", "the school's server")

    def how(self, each: Changed) -> str:
        """How it went, where it did not simply arrive."""
        return {
            None: translate("PupilHistory", "waiting"),
            "merged": translate("PupilHistory", "merged"),
            "conflict_kept": translate("PupilHistory", "both kept"),
            "rejected": translate("PupilHistory", "not accepted"),
            "quarantined": translate("PupilHistory", "passed to the school"),
        }.get(each.outcome, "")


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose past is shown: the records by (type, id), the name over them, and the undo stack of what is put back."""

    keys: Sequence[tuple[str, str]]
    name: str
    screen: str


class PastTable(ColumnTable[Changed]):
    """Changes, newest first."""

    def __init__(self, tell: PastTeller, parent: QObject) -> None:
        columns: tuple[Column[Any], ...] = (
            Column(lambda: translate("PupilHistory", "When"), tell.moment, width=104),
            Column(lambda: translate("PupilHistory", "Field"), tell.what, width=270, tooltip=tell.what),
            Column(lambda: translate("PupilHistory", "Before"), tell.before, state=lambda _: _MUTED, width=170),
            Column(lambda: translate("PupilHistory", "After"), tell.value, width=220),
            Column(lambda: translate("PupilHistory", "Who"), tell.who, width=160),
            Column(lambda: translate("PupilHistory", "PC"), tell.where, width=130),
            Column(lambda: translate("PupilHistory", "State"), tell.how, width=80),
        )
        super().__init__(parent, columns=columns)


class HistoryBox(QDialog):
    """What is known of the past of some records. changed: a value was put back."""

    changed = Signal()

    def __init__(self, sources: Sources, whose: Whose, parent: QWidget) -> None:
        super().__init__(parent)
        self._from, self._keys, self._screen = sources, list(whose.keys), whose.screen
        self._told: PastAnswer | None = None
        situation = sources.situation
        self._teller = PastTeller(situation.staff(), situation.me, sources.speech, sources.clock())
        self.table = PastTable(self._teller, self)
        self.list = RecordList(self.table, self)
        self.note = Label("", Step.CAPTION, self, colour="text2")
        self.strip = MessageStrip(self)
        self.before, self.after = DiffText(self), DiffText(self)
        self.restore_button = Button(lambda: self.tr("Put this value back"), Kind.PRIMARY, self)
        self.close_button = Button(lambda: self.tr("Close"), parent=self)
        self._build(whose.name)
        self.list.selectionModel().currentChanged.connect(self._line_chosen)
        self.restore_button.clicked.connect(self.restore)
        self.close_button.clicked.connect(self.reject)
        self._note_words = self._asking
        self._show()
        sources.histories.ask(self._keys, self._came, self._failed)

    def _build(self, name: str) -> None:
        look = ink.look()
        title_window(self, lambda: self.tr("History"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        margin = look.px(24)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(look.px(12))
        column.addWidget(Label(lambda: self.tr("History of {name}").format(name=name), Step.HEADING, self))
        column.addWidget(self.note)
        column.addWidget(self.strip)
        self.empty = EmptyState(
            "history",
            lambda: self.tr("Nothing was changed"),
            lambda: self.tr("Changes of what you may read about this pupil are listed here."),
        )
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        self._texts = QWidget(self)
        texts = QHBoxLayout(self._texts)
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(look.px(24))
        for words, text in ((self._before_words, self.before), (self._after_words, self.after)):
            side = QVBoxLayout()
            side.setSpacing(look.px(4))
            side.addWidget(Label(words, Step.CAPTION, self._texts, colour="text2"))
            side.addWidget(text)
            side.addStretch(1)
            texts.addLayout(side, 1)
        column.addWidget(self._texts)
        told = lambda: self.tr("A value that is put back is a new change; nothing is rewritten.")  # noqa: E731
        foot = QHBoxLayout()
        foot.setSpacing(look.px(8))
        foot.addWidget(Paragraph(told, Step.CAPTION, self, colour="text2"), 1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.restore_button)
        column.addLayout(foot)
        self.resize(look.px(SIZE[0]), look.px(SIZE[1]))

    def _before_words(self) -> str:
        return self.tr("Before")

    def _after_words(self) -> str:
        return self.tr("After")

    # -- what is known ------------------------------------------------------------------------------------------------

    def _asking(self) -> str:
        return self.tr("What this PC knows. The school is being asked…")

    def _all(self) -> str:
        if self._told is not None and self._told.more:
            return self.tr("The newest changes, as the school tells them.")
        return self.tr("All changes of what you may read, as the school tells them.")

    def _here_alone(self) -> str:
        return self.tr("Without the school: own changes of the last 30 days, and those of others where they met yours.")

    @Slot(object)
    def _came(self, told: PastAnswer) -> None:
        self._told, self._note_words = told, self._all
        self._show()

    @Slot(object)
    def _failed(self, error: KeyakiError) -> None:
        self._note_words = self._here_alone
        self.strip.show_message(of_error(error, self._from.speech.sentence))
        self._show()

    def _show(self) -> None:
        known = self._from.histories.pasts(self._keys, self._told)
        changes = [each for each in known if self._teller.says(each)]
        self.table.show(changes)
        self.note.set_words(self._note_words)
        self.list.setVisible(bool(changes))
        self.empty.setVisible(not changes)
        if changes and not self.list.currentIndex().isValid():
            self.list.selectRow(0)
        self._line_chosen(self.list.currentIndex(), QModelIndex())
        self.list.setFocus()

    @property
    def chosen(self) -> Changed | None:
        """The change somebody stands on."""
        index = self.list.currentIndex()
        return self.table.rows[index.row()] if index.isValid() else None

    @Slot(QModelIndex, QModelIndex)
    def _line_chosen(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        each = self.chosen
        self._texts.setVisible(each is not None)
        if each is not None:
            before, after = (value_words(each.about, value, self._from.speech) for value in (each.before, each.after))
            self.before.show_text(before, after if before else before)
            self.after.show_text(after, before or after)
        self.restore_button.setEnabled(each is not None and self._from.histories.may_restore(each, self._today))

    # -- putting back -------------------------------------------------------------------------------------------------

    @Slot()
    def restore(self) -> None:
        """Put the value after the chosen change back."""
        each = self.chosen
        if each is None or not self._from.histories.may_restore(each, self._today):
            return
        try:
            self._from.histories.restore(each, self._screen)
        except KeyakiError as error:
            self.strip.show_message(of_error(error, self._from.speech.sentence))
            return
        value = self._teller.value(each)
        words: Callable[[], str] = lambda: self.tr('"{value}" is restored.').format(value=value)  # noqa: E731
        self.strip.show_message(Message(words, Tone.INFO, passing=True))
        self._show()
        self.changed.emit()

    @property
    def _today(self) -> str:
        return self._from.clock().astimezone(JAPAN).date().isoformat()
