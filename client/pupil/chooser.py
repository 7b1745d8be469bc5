"""Which pupil's card is on screen: of which class, and who stands before and after on its list."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from client.pupil.record import Term
from client.pupil.repository import PupilFile
from client.register.record import HeldClass, RosterLine
from client.widgets.button import Button, Kind
from client.widgets.ink import Step
from client.widgets.label import Label
from client.widgets.selector import Option, Selector


class PupilChooser(QObject):
    """The class, the pupil, and steps along the list. chosen: another pupil is wanted."""

    chosen = Signal()

    def __init__(self, file: PupilFile, parent: QWidget) -> None:
        super().__init__(parent)
        self._file = file
        self._classes: tuple[HeldClass, ...] = ()
        self._lines: tuple[RosterLine, ...] = ()
        self.terms: tuple[Term, ...] = ()
        self.held: HeldClass | None = None
        self.line: RosterLine | None = None
        self.class_ = Selector(lambda: self.tr("Class"), parent)
        self.pupil = Selector(lambda: self.tr("Pupil"), parent)
        self.before = Button(lambda: self.tr("Pupil before (Alt+Up)"), Kind.ICON, parent, icon="up")
        self.after = Button(lambda: self.tr("Next pupil (Alt+Down)"), Kind.ICON, parent, icon="down")
        self.place = Label("", Step.BODY, parent, colour="text2")
        self.class_.chosen.connect(self._class_chosen)
        self.pupil.chosen.connect(self._pupil_chosen)
        self.before.clicked.connect(self.step_up)
        self.after.clicked.connect(self.step_down)

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """What stands in the header, in its order."""
        return self.class_, self.pupil, self.before, self.after, self.place

    def reload(self, today: str) -> None:
        """Read classes and list again; class and pupil stay where they are still here. Raises StoreError."""
        self._today = today
        self._classes = self._file.classes(today)
        code = None if self.held is None else self.held.code
        held = next((each for each in self._classes if each.code == code), None)
        self._take(held or next(iter(self._classes), None), None if self.line is None else self.line.id)

    @property
    def chosen_place(self) -> tuple[str, str] | None:
        """(class, no term); None where no class is held."""
        return None if self.held is None else (self.held.code, "")

    def show_place(self, class_: str, term: str) -> None:
        """Show the first pupil of this class, where another one is on screen; terms are no matter here."""
        if self.held is not None and self.held.code != class_ and any(each.code == class_ for each in self._classes):
            self._class_chosen(class_)

    def find(self, class_: str | None, pupil: str) -> bool:
        """Choose a pupil, in that class or in the first that has the pupil. False where nothing is held here."""
        held = next((each for each in self._classes if each.code == class_), None)
        held = held or self._file.class_of(pupil, self._today)
        if held is None or all(line.id != pupil for line in self._file.lines(held, self._today)):
            return False
        self._take(held, pupil)
        return True

    def _take(self, held: HeldClass | None, pupil: str | None) -> None:
        self.held = held
        self._lines = () if held is None else self._file.lines(held, self._today)
        self.terms = () if held is None else self._file.terms(held)
        found = next((line for line in self._lines if line.id == pupil), None)
        self.line = found or next(iter(self._lines), None)
        self._say()

    def _say(self) -> None:
        for part in self.parts:
            part.setVisible(self.line is not None)
        classes = [Option(each.code, each.label) for each in self._classes]
        self.class_.show_options(classes, None if self.held is None else self.held.code)
        pupils = [Option(line.id, _listed(line)) for line in self._lines]
        self.pupil.show_options(pupils, None if self.line is None else self.line.id)
        at = self._at()
        self.place.set_words("" if at is None else f"{at + 1} / {len(self._lines)}")
        self.before.setEnabled(at is not None and at > 0)
        self.after.setEnabled(at is not None and at + 1 < len(self._lines))

    def _at(self) -> int | None:
        return next(
            (at for at, line in enumerate(self._lines) if self.line is not None and line.id == self.line.id), None
        )

    @Slot()
    def step_up(self) -> None:
        """The pupil before on the list."""
        self._step(-1)

    @Slot()
    def step_down(self) -> None:
        """The next pupil on the list."""
        self._step(1)

    def _step(self, by: int) -> None:
        at = self._at()
        if at is not None and 0 <= at + by < len(self._lines):
            self.line = self._lines[at + by]
            self._say()
            self.chosen.emit()

    @Slot(object)
    def _class_chosen(self, code: str) -> None:
        self._take(next((each for each in self._classes if each.code == code), None), None)
        self.chosen.emit()

    @Slot(object)
    def _pupil_chosen(self, id_: str) -> None:
        self.line = next((line for line in self._lines if line.id == id_), self.line)
        self._say()
        self.chosen.emit()

    _today = ""


def _listed(line: RosterLine) -> str:
    number = "" if line.who.number is None else str(line.who.number)
    return "  ".join(part for part in (number, line.who.name) if part)
