"""What somebody prefers holds at once and at the next start."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client import settings as options
from client.preferences.panel import PreferencesPage, Sources
from client.resources import ROOT
from client.settings import Settings
from client.shell.look import Looks, Theme
from client.shell.translate import Translations
from client.widgets import ink
from client.widgets.tokens import CONTRAST, DARK


@dataclass(slots=True)
class Seen:
    """The page, and what it changes."""

    bot: QtBot
    page: PreferencesPage
    sources: Sources
    path: Path

    def kept(self) -> Settings:
        """What the next start finds."""
        return Settings(self.path)


@pytest.fixture
def seen(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Seen]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # windows of earlier tests hear of it, too
    before = ink.look()
    path = tmp_path / "settings.json"
    looks, translations = Looks(qapp), Translations(qapp, ROOT / "i18n")
    looks.show(Theme.LIGHT)
    translations.show("en")
    sources = Sources(Settings(path), looks, translations)
    page = PreferencesPage(sources)
    qtbot.addWidget(page)
    page.show()
    page.arrive(None)
    yield Seen(qtbot, page, sources, path)
    looks.show(Theme.LIGHT)
    for translator in translations._installed:  # other tests speak the source's words
        qapp.removeTranslator(translator)
    ink.show(before)


def test_another_language_is_spoken_at_once_and_kept(seen: Seen) -> None:
    seen.page.language.choices.chosen.emit("ja")
    assert seen.sources.translations.language == "ja"
    assert seen.kept().value(options.LANGUAGE) == "ja"


@pytest.mark.parametrize(("theme", "tokens"), [(Theme.DARK, DARK), (Theme.CONTRAST, CONTRAST)])
def test_other_colours_are_shown_at_once_and_kept(seen: Seen, theme: Theme, tokens: object) -> None:
    seen.page.theme.choices.chosen.emit(theme.value)
    assert ink.look().tokens is tokens
    assert seen.kept().value(options.THEME) == theme.value


@pytest.mark.parametrize("percent", options.TEXT_SCALE.choices)
def test_another_size_of_text_keeps_the_colours(seen: Seen, percent: int) -> None:
    seen.page.theme.choices.chosen.emit("dark")
    seen.page.text_size.choices.chosen.emit(percent)
    assert ink.look().tokens is DARK
    assert round(ink.look().scale * 100) == percent
    assert seen.kept().value(options.TEXT_SCALE) == percent


def test_the_page_shows_what_holds(seen: Seen) -> None:
    seen.sources.looks.show(Theme.DARK, 1.15)
    seen.page.arrive(None)
    assert [section.choices.key for section in seen.page.sections] == ["en", "dark", 115]


def test_keys_alone_change_it(seen: Seen) -> None:
    seen.page.theme.choices.setFocus()
    seen.bot.keyClick(seen.page.theme.choices, Qt.Key.Key_Right)
    assert seen.kept().value(options.THEME) == "dark"


def test_where_it_cannot_be_kept_it_holds_and_the_page_says_so(seen: Seen) -> None:
    seen.path.mkdir()  # a folder stands in the file's place
    seen.page.theme.choices.chosen.emit("dark")
    assert ink.look().tokens is DARK
    message = seen.page.strip.message
    assert message is not None
    assert "could not be kept" in message.words()
