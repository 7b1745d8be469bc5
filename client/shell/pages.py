"""What the window knows of a page: its place in the rail, who sees it, and the frame it is built into."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from client.widgets import ink
from client.widgets.ground import Ground
from client.widgets.ink import Step, Words
from client.widgets.label import Label
from client.widgets.message_strip import MessageStrip

HEADER, TOOLS = 48, 44
NAMED = "named_after_page"


class Place(Enum):
    """Where a page stands: in the rail, at its low end, or under "More"."""

    MAIN = "main"
    LOW = "low"
    MORE = "more"


class _Band(Ground):
    """A band of fixed height across the page, a line below it."""

    def __init__(self, height: int, parent: QWidget) -> None:
        super().__init__("content", Qt.Edge.BottomEdge, parent)
        self._height = height
        self.row = QHBoxLayout(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._relook()

    def _relook(self) -> None:
        look = ink.look()
        self.row.setContentsMargins(look.px(24), 0, look.px(16), 0)
        self.row.setSpacing(look.px(8))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), ink.look().px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, ink.look().px(self._height))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._relook()


@dataclass(frozen=True, slots=True)
class Left:
    """A page as somebody leaves it. place: where on it they are, as JSON takes it; typed: what is written there and
    not saved, by the names the page gives its editors.
    """

    place: Mapping[str, Any]
    typed: Mapping[str, str] = field(default_factory=dict[str, str])


class PageFrame(QWidget):
    """A page: header (title, selectors, actions), tools, message strip, body, and what stands at the right.

    A page derives from this, fills `selectors`, `buttons`, `tools` and `body`, and may set `side` to the widget of
    the right panel. `opened` asks the window for another page: (key of the page, argument for its `arrive`).
    """

    opened = Signal(str, object)

    def __init__(self, title: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.side: QWidget | None = None
        self._title_words = title
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.header = _Band(HEADER, self)
        self.title = Label(title, Step.TITLE, self.header)
        self.title.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.selectors, self.buttons = QHBoxLayout(), QHBoxLayout()
        self.header.row.addWidget(self.title)
        self.header.row.addSpacing(12)
        self.header.row.addLayout(self.selectors)
        self.header.row.addStretch(1)
        self.header.row.addLayout(self.buttons)
        self.tool_band = _Band(TOOLS, self)
        self.tools = self.tool_band.row
        self.tool_band.hide()
        self.strip = MessageStrip(self)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        for widget in (self.header, self.tool_band, self.strip):
            column.addWidget(widget)
        column.addLayout(self.body, 1)

    @property
    def parts(self) -> tuple[tuple[QWidget, ...], tuple[QWidget, ...]]:
        """(parts above, parts of the body), each as people read them."""
        items = (self.body.itemAt(at) for at in range(self.body.count()))
        held = (item.widget() for item in items if item is not None)
        return (self.header, self.tool_band, self.strip), tuple(each for each in held if each)

    def name_tables(self) -> None:
        """Have every table that nobody has named say which page it is on."""
        title = ink.said(self._title_words)
        for place in (self, self.side):
            for table in place.findChildren(QAbstractItemView) if place is not None else ():
                if not table.accessibleName() or table.property(NAMED):
                    table.setProperty(NAMED, True)
                    table.setAccessibleName(title)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.name_tables()

    def arrive(self, argument: object) -> None:
        """The page is about to be shown; `argument` is what the page that asked for it handed over, or None."""

    def leave(self) -> bool:
        """The page is about to be left. Open editors are committed here; False stays (a value was refused)."""
        return True

    def left(self) -> Left | None:
        """How the page would be left now, what is being composed included; None where there is nothing to remember.

        Changes nothing: it is asked after each rest of somebody's hand, and when the program is locked.
        """
        return None

    def come_back(self, left: Left) -> bool:
        """Stand where the page was left and open the editors with what was written; it is on screen.

        False where something that was written has no place any more. Nothing is saved by this.
        """
        return not left.typed


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the window. roles: who sees it, empty for everybody. presentable: may be shown while presenting, where
    its frame knows how (Presents); every other page is covered then.

    under: the key of the page whose item in the rail stands for this one too; it then has none of its own. screens: of
    the table of keys, besides those of the page itself and of everywhere.
    """

    key: str
    icon: str
    title: Callable[[], str]
    build: Callable[[], PageFrame]
    roles: frozenset[str] = frozenset()
    presentable: bool = False
    place: Place = Place.MAIN
    under: str = ""
    screens: tuple[str, ...] = ()


@runtime_checkable
class ClassChooser(Protocol):
    """What chooses the class, and where there is one the term, that a page shows."""

    @property
    def chosen_place(self) -> tuple[str, str] | None:
        """(class, term) by code, the term empty where none is chosen; None while there is nothing to choose."""
        ...

    def show_place(self, class_: str, term: str) -> None:
        """Show this class and term, where they are offered; what else was chosen stays as near as it can."""
        ...


@runtime_checkable
class Presents(Protocol):
    """A page that can be shown to a whole class: it says nothing of a pupil while it presents, not even a name."""

    def present(self, *, on: bool) -> None:
        """Show only what everybody may see, or everything again."""
        ...


@runtime_checkable
class HearsOfRecords(Protocol):
    """A page that reads again when records change."""

    def records_changed(self, types: frozenset[str]) -> None:
        """Records of these types changed."""
        ...


@runtime_checkable
class TalksOfSync(Protocol):
    """A page that shows how the way to the school stands and can ask for a round."""

    sync_asked: Any

    def standing_changed(self) -> None:
        """The standing is another."""
        ...
