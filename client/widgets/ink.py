"""What every widget paints with: colour tokens, type steps, sizes and the one process-wide look."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QIcon, QPainter, QPen

from client.widgets import variants
from client.widgets.tokens import LIGHT, Tokens

Words = str | Callable[[], str]
"""Words on screen: fixed, or asked again at each change of language."""

FACE = ("BIZ UDPGothic", "Yu Gothic UI", "Noto Sans CJK JP", "sans-serif")
DIGITS = ("BIZ UDGothic", "Yu Gothic UI", "Noto Sans CJK JP", "sans-serif")
"""Columns of digits: BIZ UDPGothic's digits are not tabular, those of BIZ UDGothic are half an em each."""

OFFICIAL = ("IPAmjMincho", "IPAmj明朝", "Noto Sans CJK JP", *FACE)
"""Names as a register writes them: the first families that know forms of a kanji by its variation selector."""

_WIDTHS_KEPT = 4096
TEXT_SCALES = (0.9, 1.0, 1.15, 1.3)


class Step(Enum):
    """The steps of type: size and line height in pixels at 100 %, and whether bold is the rule."""

    CAPTION = (12, 18, False)
    BODY = (14, 22, False)
    HEADING = (16, 24, True)
    TITLE = (20, 28, True)
    FIGURE = (28, 32, True)


class Tone(Enum):
    """How loud a sentence, a chip or a strip is; never the only carrier of what it says."""

    PLAIN = "plain"
    NEUTRAL = "neutral"
    INFO = "info"
    WARN = "warn"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Look:
    """Colours, text scale (1.0 = 100 %), and how to draw an icon by its name; the name alone decides its shape."""

    tokens: Tokens = LIGHT
    scale: float = 1.0
    icon: Callable[[str, QColor], QIcon] = lambda _name, _ink: QIcon()

    @property
    def dark(self) -> bool:
        """Whether the ground is darker than the text."""
        return self.tokens.content.lightness() < self.tokens.text.lightness()

    def px(self, size: float) -> int:
        """A size at 100 % in whole pixels at this text scale."""
        return round(size * self.scale)

    def fill(self, tone: Tone) -> QColor:
        """The ground of a chip of this tone."""
        return {
            Tone.PLAIN: self.tokens.panel,
            Tone.NEUTRAL: self.tokens.neutral_fill,
            Tone.INFO: self.tokens.info_fill,
            Tone.WARN: self.tokens.warn_fill,
            Tone.DANGER: self.tokens.danger_fill,
        }[tone]

    def ink(self, tone: Tone) -> QColor:
        """The colour of text on `fill(tone)`."""
        return {
            Tone.PLAIN: self.tokens.text2,
            Tone.NEUTRAL: self.tokens.neutral,
            Tone.INFO: self.tokens.info,
            Tone.WARN: self.tokens.warn,
            Tone.DANGER: self.tokens.danger,
        }[tone]

    def shape(self, tone: Tone) -> QColor:
        """The colour of a mark or bar of this tone."""
        return self.tokens.warn_mark if tone is Tone.WARN else self.ink(tone)


class _Shown:
    look = Look()


def look() -> Look:
    """The look of this process, as Qt has one palette a process; read it when painting, never keep it."""
    return _Shown.look


def show(new: Look) -> None:
    """Make `new` the look of this process. Only `client.shell.look` and the gallery do this."""
    _Shown.look = new


def said(words: Words) -> str:
    """The words in the language of this moment."""
    return words if isinstance(words, str) else words()


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A font with its measures, ready to draw with."""

    font: QFont
    metrics: QFontMetricsF
    size: int
    _widths: dict[str, float] = field(default_factory=dict[str, float])

    def width(self, text: str) -> float:
        """The advance of `text` in pixels."""
        # Shaping a text for its width costs as much as drawing it (40 us), and a grid shows the same figures all day.
        found = self._widths.get(text)
        if found is None:
            if len(self._widths) >= _WIDTHS_KEPT:
                self._widths.clear()
            found = self._widths[text] = self.metrics.horizontalAdvance(text)
        return found

    def elided(self, text: str, room: float) -> str:
        """`text`, with 「…」 at its end where it is wider than `room` pixels."""
        return self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)

    def baseline(self, centre: float) -> int:
        """Where to stand text so that it looks centred on `centre`.

        BIZ UD fonts have a line of exactly one em, so Qt's own vertical centring floats. Where two sizes share a
        baseline, the larger one tells it.
        """
        return round(centre + 0.38 * self.size)


@lru_cache(maxsize=128)
def _face(size: int, families: tuple[str, ...], *, bold: bool, struck: bool) -> Face:
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStrikeOut(struck)
    return Face(font, QFontMetricsF(font), size)


def face(
    step: Step, *, bold: bool | None = None, digits: bool = False, struck: bool = False, official: bool = False
) -> Face:
    """The face of a step at the present text scale. bold: None takes the step's own weight; official: of a register."""
    size, _, heavy = step.value
    families = OFFICIAL if official else DIGITS if digits else FACE
    return _face(look().px(size), families, bold=heavy if bold is None else bold, struck=struck)


def line_height(step: Step) -> int:
    """The height of a line of this step in pixels at the present text scale."""
    return look().px(step.value[1])


def draw_left(painter: QPainter, x: float, centre: float, text: str, face_: Face) -> float:
    """Draw one line starting at x, centred on `centre`, with the painter's pen. Returns the x after it."""
    painter.setFont(face_.font)
    _draw(painter, round(x), face_.baseline(centre), text, face_)
    return x + face_.width(text)


def draw_right(painter: QPainter, right: float, centre: float, text: str, face_: Face) -> float:
    """Draw one line ending at `right`. Returns the x before it."""
    left = round(right - face_.width(text))
    painter.setFont(face_.font)
    _draw(painter, left, face_.baseline(centre), text, face_)
    return left


def _draw(painter: QPainter, x: float, baseline: float, text: str, face_: Face) -> None:
    """Draw one line; forms of kanji that a variation selector asks for are drawn where some font has them."""
    if not text.isascii() and variants.FORMED.search(text):
        variants.draw(painter, x, baseline, text, face_.font)
    else:
        painter.drawText(QPointF(x, baseline), text)


def draw_centred(painter: QPainter, rect: QRectF, text: str, face_: Face) -> None:
    """Draw one line in the middle of `rect`."""
    draw_left(painter, rect.center().x() - face_.width(text) / 2, rect.center().y(), text, face_)


def draw_box(
    painter: QPainter, rect: QRectF, radius: float, ground: QColor | None, edge: QColor | None, line: float = 1
) -> None:
    """A rounded box whose edge of `line` pixels lies inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(ground if ground is not None else QColor(0, 0, 0, 0))
    if edge is None:
        painter.setPen(QPen(QColor(0, 0, 0, 0)))
        painter.drawRoundedRect(rect, radius, radius)
    else:
        painter.setPen(QPen(edge, line))
        half = line / 2
        painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
    painter.restore()


def draw_icon(painter: QPainter, rect: QRectF, name: str, ink: QColor) -> bool:
    """Draw an icon in `rect`; False where no icon font could be loaded, so that the word alone must do."""
    icon = look().icon(name, ink)
    if icon.isNull():
        return False
    icon.paint(painter, rect.toRect())
    return True
