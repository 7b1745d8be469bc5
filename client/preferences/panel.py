"""S22 設定: language, colours and size of text; each holds at once, in every window, and is kept for the next start."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from client import settings as options
from client.settings import Settings
from client.shell.look import Looks, Theme
from client.shell.pages import Page, PageFrame, Place
from client.shell.translate import Translations
from client.widgets import ink
from client.widgets.card import Card
from client.widgets.ground import Ground
from client.widgets.ink import Step, Tone, Words
from client.widgets.label import Label
from client.widgets.message_strip import Message
from client.widgets.paragraph import Paragraph
from client.widgets.scroll_area import ScrollArea
from client.widgets.segmented import Segmented

KEY: Final = "preferences"
WIDTH: Final = 760
_log = logging.getLogger("keyaki.preferences")


@dataclass(frozen=True, slots=True)
class Sources:
    """What the page changes."""

    settings: Settings
    looks: Looks
    translations: Translations


def page(sources: Sources) -> Page:
    """The page for the window's list."""
    title = lambda: QCoreApplication.translate("PreferencesPage", "Settings")  # noqa: E731  asked at each change
    return Page(KEY, "preferences", title, lambda: PreferencesPage(sources), place=Place.LOW)


class _Section(Card):
    """One preference: what it is called, what it does, and its choices."""

    chosen = Signal(object)

    def __init__(self, title: Words, about: Words, choices: Sequence[tuple[object, Words]]) -> None:
        super().__init__()
        self.body.addWidget(Label(title, Step.HEADING, self))
        self.body.addWidget(Paragraph(about, Step.BODY, self, colour="text2"))
        self.choices = Segmented(title, choices, self)
        self.choices.chosen.connect(self.chosen)
        row = QHBoxLayout()
        row.addWidget(self.choices, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(row)


class PreferencesPage(PageFrame):
    """Nothing to confirm: what is chosen is seen at once."""

    def __init__(self, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("Settings"), parent)
        self._from = sources
        self.language = _Section(
            lambda: self.tr("Language"),
            lambda: self.tr("The words of every screen change at once. What people have entered stays as it is."),
            (("ja", "日本語"), ("en", "English")),
        )
        self.theme = _Section(
            lambda: self.tr("Colours"),
            lambda: self.tr("As the system says follows Windows, its high contrast too."),
            (
                (Theme.LIGHT.value, lambda: self.tr("Light")),
                (Theme.DARK.value, lambda: self.tr("Dark")),
                (Theme.CONTRAST.value, lambda: self.tr("High contrast")),
                (Theme.SYSTEM.value, lambda: self.tr("As the system says")),
            ),
        )
        self.text_size = _Section(
            lambda: self.tr("Size of text"),
            lambda: self.tr("Rows and buttons grow with it. The display's own scaling comes on top."),
            tuple((percent, f"{percent}%") for percent in options.TEXT_SCALE.choices),
        )
        self._build()
        self.language.chosen.connect(self._language_chosen)
        self.theme.chosen.connect(self._theme_chosen)
        self.text_size.chosen.connect(self._size_chosen)
        self._show()

    @property
    def sections(self) -> tuple[_Section, ...]:
        """In their order."""
        return self.language, self.theme, self.text_size

    def _build(self) -> None:
        look = ink.look()
        inner = Ground("window", None, self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(24))
        column.setSpacing(look.px(16))
        for section in self.sections:
            column.addWidget(section)
        kept = lambda: self.tr("These belong to you on this PC. They are kept here and never sent.")  # noqa: E731
        column.addWidget(Label(kept, Step.CAPTION, inner, colour="text2"))
        column.addStretch(1)
        self._relook()
        self.body.addWidget(ScrollArea(inner, self), 1)

    def arrive(self, argument: object) -> None:
        self._show()
        self.language.choices.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._relook()

    def _relook(self) -> None:
        for section in self.sections:
            section.setMaximumWidth(ink.look().px(WIDTH))

    def _show(self) -> None:
        value = self._from.settings.value
        self.language.choices.set_key(self._from.translations.language or value(options.LANGUAGE))
        self.theme.choices.set_key(self._from.looks.theme.value)
        self.text_size.choices.set_key(round(self._from.looks.scale * 100))

    @Slot(object)
    def _language_chosen(self, language: str) -> None:
        self._from.translations.show(language)
        self._keep(options.LANGUAGE, language)

    @Slot(object)
    def _theme_chosen(self, theme: str) -> None:
        self._from.looks.show(Theme(theme), self._from.looks.scale)
        self._keep(options.THEME, theme)

    @Slot(object)
    def _size_chosen(self, percent: int) -> None:
        self._from.looks.show(self._from.looks.theme, percent / 100)
        self._keep(options.TEXT_SCALE, percent)

    def _keep(self, option: options.Option[options.T], value: options.T) -> None:
        try:
            self._from.settings.keep(option, value)
        except OSError as error:
            _log.info("a preference was not kept: %s", type(error).__name__)
            words = lambda: self.tr("It holds now, but could not be kept for the next start.")  # noqa: E731
            self.strip.show_message(Message(words, Tone.WARN))
