"""Big cards to choose between, one row a question, in columns that a key each stands for."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from client.widgets import ink
from client.widgets.button import draw_keycap
from client.widgets.diff_text import lay_out, pieces
from client.widgets.ink import Step

GAP, HEAD, NAME, ROW_GAP = 16, 36, 26, 24
FIGURE_CARD, TEXT_LEAST = 104, 124


@dataclass(frozen=True, slots=True)
class ChoiceHead:
    """A column: its key, its name, a few words beside it."""

    key: str
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A card. value: a short one is drawn as a figure, a text is set in lines with what differs from `other` marked.

    empty: the value says there is none and is drawn quieter. who, when: the two lines below it.
    """

    value: str
    who: str
    when: str
    empty: bool = False
    text: bool = False
    other: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A row of the pad: its name, a note, one choice a column, and the column that is chosen (None: nothing yet)."""

    key: str
    title: str
    note: str
    choices: tuple[Choice, ...]
    chosen: int | None = None


class ChoicePad(QWidget):
    """Shows questions and says what a person chose; it keeps no answer itself.

    A click chooses one card. A column's key chooses in the current row; with Shift, or by `choose_column`, in all
    rows. Up and down change the current row.
    """

    chosen = Signal(str, int)  # key of the question, column
    stood_on = Signal(QRect)  # where the row is that keys are for now

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heads: tuple[ChoiceHead, ...] = ()
        self._questions: tuple[Question, ...] = ()
        self._row = 0
        self._hover: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_questions(self, heads: Sequence[ChoiceHead], questions: Sequence[Question]) -> None:
        """Show these columns and rows."""
        self._heads, self._questions = tuple(heads), tuple(questions)
        self._row = min(self._row, max(len(questions) - 1, 0))
        self._speak()
        self.updateGeometry()
        self.update()

    def choose_column(self, column: int) -> None:
        """Choose this column in every row."""
        for question in self._questions:
            self.chosen.emit(question.key, column)

    def _stand_on(self, row: int) -> None:
        self._row = row
        self._speak()
        if self._questions:
            top, height = self._rows(self.width())[row]
            self.stood_on.emit(QRect(0, top, self.width(), ink.look().px(NAME) + height))
        self.update()

    def _speak(self) -> None:
        parts: list[str] = []
        for question in self._questions:
            for head, choice in zip(self._heads, question.choices, strict=True):
                parts.append(f"{question.title} {head.key} {head.title}: {choice.value}, {choice.who} {choice.when}")
        self.setAccessibleName(self._questions[self._row].title if self._questions else "")
        self.setAccessibleDescription(". ".join(parts))

    # -- geometry -----------------------------------------------------------------------------------------------------

    def _card_width(self, width: int) -> int:
        columns = max(len(self._heads), 1)
        return (width - (columns - 1) * ink.look().px(GAP)) // columns

    def _card_height(self, question: Question, width: int) -> int:
        look = ink.look()
        if not any(choice.text for choice in question.choices):
            return look.px(FIGURE_CARD)
        room = self._card_width(width) - look.px(16 * 2)
        lines = max(
            lay_out(pieces(choice.value, choice.other), room - look.px(24)).lineCount() for choice in question.choices
        )
        return max(look.px(TEXT_LEAST), lines * ink.line_height(Step.BODY) + look.px(12 + 8 + 22 + 18 + 12))

    def _rows(self, width: int) -> list[tuple[int, int]]:
        """(top of the name line, height of the cards) of every row."""
        look = ink.look()
        found: list[tuple[int, int]] = []
        top = look.px(HEAD)
        for question in self._questions:
            height = self._card_height(question, width)
            found.append((top, height))
            top += look.px(NAME) + height + look.px(ROW_GAP)
        return found

    def _card(self, row: int, column: int) -> QRect:
        look = ink.look()
        top, height = self._rows(self.width())[row]
        wide = self._card_width(self.width())
        return QRect(column * (wide + look.px(GAP)), top + look.px(NAME), wide, height)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, arg__1: int) -> int:
        rows = self._rows(arg__1)
        return rows[-1][0] + ink.look().px(NAME) + rows[-1][1] if rows else ink.look().px(HEAD)

    def sizeHint(self) -> QSize:
        wide = ink.look().px(720)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(ink.look().px(420), self.heightForWidth(max(self.width(), ink.look().px(420))))

    # -- mouse and keys -----------------------------------------------------------------------------------------------

    def _at(self, point: QPointF) -> tuple[int, int] | None:
        for row, question in enumerate(self._questions):
            for column in range(len(question.choices)):
                if self._card(row, column).contains(point.toPoint()):
                    return row, column
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hover = self._at(event.position())
        if hover != self._hover:
            self._hover = hover
            self.setCursor(Qt.CursorShape.ArrowCursor if hover is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self._stand_on(found[0])
            self.chosen.emit(self._questions[found[0]].key, found[1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = [head.key for head in self._heads]
        if event.text() in keys and self._questions:
            self.chosen.emit(self._questions[self._row].key, keys.index(event.text()))
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = -1 if event.key() == Qt.Key.Key_Up else 1
            self._stand_on(min(max(self._row + step, 0), max(len(self._questions) - 1, 0)))
        else:
            super().keyPressEvent(event)

    # -- drawing ------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = ink.look()
        wide = self._card_width(self.width())
        for column, head in enumerate(self._heads):
            self._draw_head(painter, column * (wide + look.px(GAP)), wide, head)
        for row, (question, (top, _)) in enumerate(zip(self._questions, self._rows(self.width()), strict=True)):
            self._draw_name(painter, question, top, current=row == self._row and len(self._questions) > 1)
            for column, choice in enumerate(question.choices):
                self._draw_card(painter, row, column, choice, on=question.chosen == column)
        painter.end()

    def _draw_head(self, painter: QPainter, x: int, wide: int, head: ChoiceHead) -> None:
        look = ink.look()
        centre = look.px(12)
        x_after = draw_keycap(painter, x + 2, centre, head.key, look.tokens.text2)
        title, note = ink.face(Step.BODY, bold=True), ink.face(Step.CAPTION)
        painter.setPen(look.tokens.text)
        end = x + wide
        shown = title.elided(head.title, end - x_after - look.px(8))
        x_title = ink.draw_left(painter, x_after + look.px(8), centre, shown, title)
        painter.setPen(look.tokens.text2)
        left = x_title + look.px(8)
        if note.width(head.note) <= end - left:  # half a note says less than none
            ink.draw_left(painter, left, centre + 0.5, head.note, note)

    def _draw_name(self, painter: QPainter, question: Question, top: int, *, current: bool) -> None:
        look = ink.look()
        centre = top + look.px(9)
        painter.setPen(look.tokens.accent if current and self.hasFocus() else look.tokens.text)
        x = ink.draw_left(painter, 0, centre, question.title, ink.face(Step.BODY, bold=True))
        painter.setPen(look.tokens.text2)
        ink.draw_left(painter, x + look.px(8), centre + 0.5, question.note, ink.face(Step.CAPTION))

    def _draw_card(self, painter: QPainter, row: int, column: int, choice: Choice, *, on: bool) -> None:
        look = ink.look()
        tokens = look.tokens
        box = QRectF(self._card(row, column))
        if on:
            ink.draw_box(painter, box, look.px(8), tokens.selection, tokens.accent, 2)
            size = look.px(20)
            mark = QRectF(box.right() - look.px(16) - size, box.top() + look.px(14), size, size)
            if not ink.draw_icon(painter, mark, "chosen", tokens.accent):
                painter.setPen(tokens.accent)
                ink.draw_centred(painter, mark, "✓", ink.face(Step.HEADING))
        else:
            edge = tokens.control if self._hover == (row, column) else tokens.border
            ink.draw_box(painter, box, look.px(8), tokens.content, edge)
        left, room = box.left() + look.px(16), box.width() - look.px(32)
        self._draw_value(painter, box, choice, room)
        painter.setPen(tokens.text)
        who, when = ink.face(Step.BODY), ink.face(Step.CAPTION)
        ink.draw_left(painter, left, box.bottom() - look.px(40), who.elided(choice.who, room), who)
        painter.setPen(tokens.text2)
        ink.draw_left(painter, left, box.bottom() - look.px(20), when.elided(choice.when, room), when)

    @staticmethod
    def _draw_value(painter: QPainter, box: QRectF, choice: Choice, room: float) -> None:
        look = ink.look()
        painter.setPen(look.tokens.text2 if choice.empty else look.tokens.text)
        if choice.text:
            layout = lay_out(pieces(choice.value, choice.other), round(room - look.px(24)))
            layout.draw(painter, QPointF(box.left() + look.px(16), box.top() + look.px(11)))
            return
        face = ink.face(Step.TITLE) if choice.empty else ink.face(Step.FIGURE)
        shown = face.elided(choice.value, room - look.px(28))
        ink.draw_left(painter, box.left() + look.px(16), box.top() + look.px(33), shown, face)
