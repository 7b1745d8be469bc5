"""The language of the screen: our words and Qt's own, switched while running."""

import logging
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

LANGUAGES = ("ja", "en")
_log = logging.getLogger("keyaki.translate")


class Translations(QObject):
    """Loads keyaki_<language>.qm from `folder` and Qt's own words beside it. Widgets hear of it by LanguageChange."""

    changed = Signal(str)

    def __init__(self, application: QApplication, folder: Path) -> None:
        super().__init__(application)
        self._application, self._folder = application, folder
        self._installed: list[QTranslator] = []
        self._language = ""

    @property
    def language(self) -> str:
        """Ja or en; empty before the first `show`."""
        return self._language

    def show(self, language: str) -> bool:
        """Speak this language from now on. False where our words for it are missing: English is then what is shown."""
        if language not in LANGUAGES:
            raise ValueError(language)
        for old in self._installed:
            self._application.removeTranslator(old)
        self._installed.clear()
        self._language = language
        QLocale.setDefault(QLocale(language))
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._load(f"qtbase_{language}", qt)
        found = self._load(f"keyaki_{language}", str(self._folder))
        if not found:
            _log.info("no words for %s", language)
        self.changed.emit(language)
        return found

    def _load(self, name: str, folder: str) -> bool:
        translator = QTranslator(self)
        if not translator.load(name, folder):
            translator.deleteLater()
            return False
        self._application.installTranslator(translator)
        self._installed.append(translator)
        return True
