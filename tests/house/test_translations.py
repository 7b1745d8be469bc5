"""Every text of the interface exists in both languages, follows the source, and keeps its blanks."""

import ast
import filecmp
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from installer import translate
from tests.house.source import Module, called, calls, modules

BLANK = re.compile(r"\{\w*\}|%n|%L?\d")
TEXT_AT = {"tr": 0, "translate": 1, "QT_TRANSLATE_NOOP": 1}


def texts_lost(module: Module) -> Iterator[str]:
    """Calls whose text is not written out in full: lupdate reads it wrongly, and it is never translated.

    A text may be handed on when its module marks texts of the same context with QT_TRANSLATE_NOOP.
    """
    marked = {ast.unparse(call.args[0]) for call in calls(module.tree, "QT_TRANSLATE_NOOP") if call.args}
    for call in ast.walk(module.tree):
        if isinstance(call, ast.Call) and called(call) in TEXT_AT and len(call.args) > TEXT_AT[called(call)]:
            *context, text = call.args[: TEXT_AT[called(call)] + 1]
            handed_on = called(call) == "translate" and ast.unparse(context[0]) in marked
            joined = isinstance(text, ast.JoinedStr | ast.BinOp)
            if not all(_is_text(part) for part in context) or joined or not (handed_on or _is_text(text)):
                yield module.at(call)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def messages(file: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Context, source and the translations of each text; more than one where the number decides."""
    for context in ET.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            yield context.findtext("name", ""), message.findtext("source", ""), forms


def differing_blanks(source: str, form: str) -> set[str]:
    """The blanks that stand in one of the two and not in the other; a plural form may leave its number out."""
    return (set(BLANK.findall(source)) ^ set(BLANK.findall(form))) - {"%n"}


def test_every_text_is_written_out_where_it_is_translated() -> None:
    assert [place for module in modules("client") for place in texts_lost(module)] == []


@pytest.mark.parametrize("language", translate.LANGUAGES)
def test_translations_follow_the_source_word_by_word(language: str, tmp_path: Path) -> None:
    kept = translate.source_file(language)
    fresh = tmp_path / kept.name
    shutil.copy(kept, fresh)
    translate.update(language, fresh)
    moved = {text[:2] for text in messages(fresh)} ^ {text[:2] for text in messages(kept)}
    assert moved == set(), "run `make translate`"
    assert filecmp.cmp(fresh, kept, shallow=False), "run `make translate`"


@pytest.mark.parametrize("language", translate.LANGUAGES)
def test_no_text_waits_for_a_translator(language: str) -> None:
    assert translate.unfinished(language) == []
    assert [
        source
        for _, source, forms in messages(translate.source_file(language))
        if not all(form.strip() for form in forms)
    ] == []


@pytest.mark.parametrize("language", translate.LANGUAGES)
def test_translations_fill_in_the_same_blanks(language: str) -> None:
    wrong = [
        (source, form)
        for _, source, forms in messages(translate.source_file(language))
        for form in forms
        if differing_blanks(source, form)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", translate.LANGUAGES)
def test_what_the_program_loads_was_compiled_from_these_translations(language: str, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.qm"
    translate.compile_to(language, fresh)
    assert filecmp.cmp(fresh, translate.compiled_file(language), shallow=False), "run `make translate`"


def test_japanese_is_written_in_japanese() -> None:
    kana_or_kanji = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
    latin = [
        form
        for _, source, forms in messages(translate.source_file("ja"))
        for form in forms
        if form == source and len(source.split()) > 1
    ]
    assert [text for text in latin if not kana_or_kanji.search(text)] == []


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ('self.tr("{name} saved").format(name=x)', 0),
        ('self.tr("a long sentence " "in two halves")', 0),
        ('self.tr(f"{name} saved")', 1),
        ("self.tr(TITLE)", 1),
        ('QCoreApplication.translate(CONTEXT, "Saved")', 1),
        ('QCoreApplication.translate("Grid", "Saved", "tooltip")', 0),
        ('QT_TRANSLATE_NOOP("Grid", f"{name} saved")', 1),
        ('translate("Grid", word)', 1),
        ('QT_TRANSLATE_NOOP("Grid", "Saved"); translate("Grid", word)', 0),
        ('QT_TRANSLATE_NOOP("Grid", "Saved"); translate("Grid", f"{word}!")', 1),
    ],
)
def test_a_text_that_lupdate_cannot_read_is_found(text: str, lost: int) -> None:
    assert len(list(texts_lost(Module("client/x.py", text, ast.parse(text))))) == lost


def test_a_blank_that_got_lost_in_translation_is_found() -> None:
    assert differing_blanks("{name}: %n cell(s)", "{name}、%n マス") == set()
    assert differing_blanks("{name}: saved", "{nama}、保存しました") == {"{name}", "{nama}"}
