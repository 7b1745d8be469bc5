"""The window: rail, page, right panel, status bar, for a list of pages it knows nothing else about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from client.shell import actions
from client.shell.pages import ClassChooser, Page, PageFrame, Presents
from client.shell.panes import in_reading_order, next_pane
from client.shell.rail import Rail
from client.shell.status_bar import StatusBar
from client.widgets import ink
from client.widgets.ground import Ground
from client.widgets.message_strip import Message

DOCKED_FROM = 1180
"""Width at 100 % from which the right panel stands beside the page instead of over it."""
SIDE, SIDE_LEAST, SIDE_MOST = 320, 280, 420
SMALLEST = QSize(760, 390)


@dataclass(frozen=True, slots=True)
class _Visit:
    key: str
    argument: object


class Window(QWidget):
    """Shows one page at a time. Pages are built when they are first shown and kept.

    roles: what the person is; pages with other roles are not in the rail. `shown` says which page is on screen.
    """

    shown = Signal(str)

    def __init__(self, pages: Sequence[Page], roles: Iterable[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        held = frozenset(roles)
        self._pages = {page.key: page for page in pages if not page.roles or page.roles & held}
        self._frames: dict[str, PageFrame] = {}
        self._key = ""
        self._past: list[_Visit] = []
        self._coming: list[_Visit] = []
        self._visit = _Visit("", None)
        self._side_wanted, self._side_over = True, False
        self._curtain: QWidget | None = None
        self._place: tuple[str, str] | None = None
        self.rail = Rail([page for page in self._pages.values() if not page.under], self)
        self.rail.asked.connect(self.open_page)
        self.status = StatusBar(self)
        self._stack = QStackedWidget(self)
        self._side = Ground("panel", Qt.Edge.LeftEdge, self)
        self._side_stack = QStackedWidget(self._side)
        self._assemble()

    def _assemble(self) -> None:
        side = QVBoxLayout(self._side)
        side.setContentsMargins(1, 0, 0, 0)
        side.addWidget(self._side_stack)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.rail)
        self._row.addWidget(self._stack, 1)
        self._row.addWidget(self._side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row, 1)
        column.addWidget(self.status)
        self._side.hide()
        self.setMinimumSize(SMALLEST)
        actions.bind(self, "next_pane").triggered.connect(self.next_pane)

    # -- pages --------------------------------------------------------------------------------------------------------

    @property
    def key(self) -> str:
        """The page on screen."""
        return self._key

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages of this person, in the order of the rail."""
        return tuple(self._pages.values())

    @property
    def keys(self) -> frozenset[str]:
        """The pages of this person."""
        return frozenset(self._pages)

    @property
    def frames(self) -> Mapping[str, PageFrame]:
        """The pages that have been opened so far, by their keys."""
        return self._frames

    @property
    def screens(self) -> tuple[str, ...]:
        """The screens whose keys hold on the page on screen, besides those of everywhere."""
        return self._key, *self._pages[self._key].screens

    @property
    def page(self) -> PageFrame:
        """The frame of the page on screen. Raises KeyError before the first page was opened."""
        return self._frames[self._key]

    @Slot(str)
    @Slot(str, object)
    def open_page(self, key: str, argument: object = None) -> bool:
        """Show a page. False where the page on screen does not let go (a value was refused)."""
        if not self._let_go():
            return False
        if self._key:
            self._past.append(self._visit)
        self._coming.clear()
        self._show(_Visit(key, argument))
        return True

    @Slot()
    def back(self) -> None:
        """Show the page before."""
        if self._past and self._let_go():
            self._coming.append(self._visit)
            self._show(self._past.pop())

    @Slot()
    def forward(self) -> None:
        """Show the page one came back from."""
        if self._coming and self._let_go():
            self._past.append(self._visit)
            self._show(self._coming.pop())

    def _let_go(self) -> bool:
        QGuiApplication.inputMethod().commit()
        return not self._key or self.page.leave()

    def _show(self, visit: _Visit) -> None:
        left = _chooser(self._frames.get(self._key))
        if left is not None:
            self._place = left.chosen_place or self._place
        page = self._pages[visit.key]
        frame = self._frames.get(visit.key)
        if frame is None:
            frame = self._frames[visit.key] = page.build()
            frame.opened.connect(self.open_page)
            head, _ = frame.parts
            in_reading_order(frame, head)
            self._stack.addWidget(frame)
            if frame.side is not None:
                self._side_stack.addWidget(frame.side)
        self._key, self._visit = visit.key, visit
        frame.arrive(visit.argument)
        here = _chooser(frame)
        if visit.argument is None and here is not None and self._place is not None:
            here.show_place(*self._place)  # who goes on to another page about a class stays with the class
        frame.name_tables()
        self._raise()
        self.rail.set_current(page.under or visit.key)
        self._place_side()
        self.shown.emit(visit.key)

    # -- presenting ---------------------------------------------------------------------------------------------------

    @property
    def presentable(self) -> tuple[Page, ...]:
        """The pages of this person that may be shown while presenting."""
        return tuple(page for page in self._pages.values() if page.presentable)

    def present(self, curtain: QWidget | None) -> None:
        """Show `curtain` instead of every page that may not be shown to a class; None shows everything again.

        Rail, right panel, status line and message strips go with it: what stands there is a teacher's own.
        """
        self._curtain = curtain
        if curtain is not None and self._stack.indexOf(curtain) < 0:
            self._stack.addWidget(curtain)
        self.rail.setVisible(curtain is None)
        self.status.setVisible(curtain is None)
        self._raise()
        self._place_side()

    @property
    def covered(self) -> bool:
        """Whether the curtain stands where the page would."""
        return self._curtain is not None and self._stack.currentWidget() is self._curtain

    def cover(self) -> None:
        """While presenting: put the curtain before a page that may be shown, too."""
        if self._curtain is not None:
            self._stack.setCurrentWidget(self._curtain)

    def _raise(self) -> None:
        """Put the page on screen, or the curtain."""
        frame, curtain = self._frames.get(self._key), self._curtain
        shows = curtain is None
        for each in self._frames.values():
            each.strip.hold(on=not shows)
        if frame is not None and isinstance(frame, Presents):
            frame.present(on=not shows)
            shows = shows or self._pages[self._key].presentable
        wanted = frame if shows else curtain
        if wanted is not None:
            self._stack.setCurrentWidget(wanted)

    # -- the right panel ----------------------------------------------------------------------------------------------

    @Slot()
    def toggle_side(self) -> None:
        """Show or hide the right panel (F4)."""
        shown = not self._side.isVisible()
        if self._row.indexOf(self._side) >= 0:
            self._side_wanted = shown
        else:
            self._side_over = shown
        self._place_side()

    @Slot()
    def next_pane(self) -> None:
        """Give the focus to the next part of the window (F6): body of the page, right panel, status line, rail, header
        and tools of the page.
        """
        side = (self._side_stack,) if self._side.isVisible() else ()
        page = self._frames.get(self._key)
        head, body = page.parts if page is not None else ((), ())
        next_pane([*body, *side, self.status, self.rail, *head])

    def _place_side(self) -> None:
        side = self._frames[self._key].side if self._key else None
        if side is not None:
            self._side_stack.setCurrentWidget(side)
        look = ink.look()
        docked = self.width() >= look.px(DOCKED_FROM)
        wide = min(max(look.px(SIDE), SIDE_LEAST), SIDE_MOST)
        wanted = side is not None and (self._side_wanted if docked else self._side_over)
        if docked and self._row.indexOf(self._side) < 0:
            self._row.addWidget(self._side)
        elif not docked and self._row.indexOf(self._side) >= 0:
            self._row.removeWidget(self._side)
            self._side_over = wanted = False  # it would lie over the page: opened on purpose only
        self._side.setFixedWidth(wide)
        wanted = wanted and self._curtain is None
        self._side.setVisible(wanted)
        if wanted and not docked:
            self._side.setGeometry(self.width() - wide, 0, wide, self.height() - self.status.height())
            self._side.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_side()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._place_side()

    # -- what is said -------------------------------------------------------------------------------------------------

    @Slot(object)
    def show_message(self, message: Message) -> None:
        """Say this in the strip of the page on screen."""
        self.page.strip.show_message(message)


def _chooser(frame: PageFrame | None) -> ClassChooser | None:
    """What chooses the class a page is about; None for pages about something else."""
    chooser = getattr(frame, "chooser", None)
    return chooser if isinstance(chooser, ClassChooser) else None
