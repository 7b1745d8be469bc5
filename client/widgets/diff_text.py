"""Two texts beside each other: what one has more than the other is underlined and coloured."""

# pyright: reportAttributeAccessIssue=false
# the stub of QTextLayout.FormatRange lacks start, length and format.

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from client.widgets import ink
from client.widgets.ink import Step

_LEAST_SAME = 3
"""Shorter runs of equal characters between two differences count as different: single kana match by chance."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a text: equal to the other text, or not."""

    text: str
    differs: bool


def pieces(text: str, other: str) -> tuple[Piece, ...]:
    """`text` in runs that are, or are not, in `other` at the same place. Their texts joined are `text`."""
    marks: list[bool] = []
    blocks = SequenceMatcher(None, other, text, autojunk=False).get_opcodes()
    for at, (tag, _, _, start, end) in enumerate(blocks):
        inside = 0 < at < len(blocks) - 1
        chance = tag == "equal" and inside and end - start < _LEAST_SAME
        marks += [tag != "equal" or chance] * (end - start)
    found: list[Piece] = []
    for character, differs in zip(text, marks, strict=True):
        if found and found[-1].differs == differs:
            found[-1] = Piece(found[-1].text + character, differs)
        else:
            found.append(Piece(character, differs))
    return tuple(found)


def lay_out(shown: Sequence[Piece], width: int) -> QTextLayout:
    """The pieces wrapped to `width`, lines at the body step, differences underlined in the info colour."""
    look = ink.look()
    layout = QTextLayout("".join(piece.text for piece in shown).replace("\n", "\u2028"), ink.face(Step.BODY).font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    ranges: list[QTextLayout.FormatRange] = []
    at = 0
    for piece in shown:
        length = len(piece.text.encode("utf-16-le")) // 2  # Qt counts UTF-16 units
        if piece.differs:
            marked = QTextLayout.FormatRange()
            style = QTextCharFormat()
            style.setForeground(look.tokens.info)
            style.setFontUnderline(True)
            style.setFontWeight(QFont.Weight.Bold)
            marked.start, marked.length = at, length
            marked.format = style
            ranges.append(marked)
        at += length
    layout.setFormats(ranges)
    y, step = 0.0, ink.line_height(Step.BODY)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, y + (step - line.height()) / 2))
        y += step
    layout.endLayout()
    return layout


class DiffText(QWidget):
    """A text whose differences from another are underlined and coloured."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pieces: tuple[Piece, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_text(self, text: str, other: str) -> None:
        """Show `text` with what differs from `other`."""
        self._pieces = pieces(text, other)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, arg__1: int) -> int:
        return max(lay_out(self._pieces, arg__1).lineCount(), 1) * ink.line_height(Step.BODY)

    def sizeHint(self) -> QSize:
        wide = ink.look().px(280)
        return QSize(wide, self.heightForWidth(wide))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(ink.look().tokens.text)
        lay_out(self._pieces, self.width()).draw(painter, QPointF(0, 0))
        painter.end()
