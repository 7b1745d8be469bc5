import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale

from client.shell.translate import Translations
from client.widgets.label import Label

TS = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE TS>
<TS version="2.1" language="{language}"><context><name>Rail</name><message><source>More</source>
<translation>{more}</translation></message></context></TS>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    import PySide6

    lrelease = Path(PySide6.__file__).parent / "lrelease"
    for language, more in (("ja", "ほか"), ("en", "More")):
        source = tmp_path / f"keyaki_{language}.ts"
        source.write_text(TS.format(language=language, more=more), "utf-8")
        made = source.with_suffix(".qm")
        subprocess.run([lrelease, "-silent", source, "-qm", made], check=True, timeout=60)
    return tmp_path


@pytest.fixture
def translations(qapp, folder):
    locale = QLocale()
    made = Translations(qapp, folder)
    yield made
    for translator in made._installed:
        qapp.removeTranslator(translator)
    QLocale.setDefault(locale)
    made.deleteLater()


def more() -> str:
    return QCoreApplication.translate("Rail", "More")


def test_words_on_screen_follow_a_change_of_language_while_running(qtbot, translations):
    label = Label(more)
    qtbot.addWidget(label)
    assert translations.show("ja")
    QCoreApplication.processEvents()
    assert (label.text(), QLocale().language()) == ("ほか", QLocale.Language.Japanese)
    assert translations.show("en")
    QCoreApplication.processEvents()
    assert label.text() == "More"
    assert translations.language == "en"


def test_qts_own_words_are_japanese_too(translations):
    translations.show("ja")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "キャンセル"


def test_missing_words_leave_the_english_of_the_source(qapp, tmp_path):
    made = Translations(qapp, tmp_path)
    assert not made.show("ja")
    assert more() == "More"
    for translator in made._installed:
        qapp.removeTranslator(translator)
    QLocale.setDefault(QLocale.c())


def test_a_language_we_do_not_speak_is_a_mistake(translations):
    with pytest.raises(ValueError, match="fr"):
        translations.show("fr")
