"""Bring the interface's translations up to date with the source, and compile them: `make translate`.

resources/i18n/keyaki_{ja,en}.ts are kept in git and follow the source text by text; the .qm beside them are compiled
from them and ignored by git. English needs no translator but for plurals: its texts are taken from the source.
"""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
I18N = ROOT / "resources" / "i18n"
LANGUAGES = ("ja", "en")
UNFINISHED = re.compile(r'<translation type="unfinished">.*?</translation>', re.DOTALL)
MESSAGE = re.compile(r"<message( numerus=\"yes\")?>.*?</message>", re.DOTALL)
SOURCE = re.compile(r"<source>(.*?)</source>", re.DOTALL)


def source_file(language: str) -> Path:
    """The translations of one language that git keeps."""
    return I18N / f"keyaki_{language}.ts"


def compiled_file(language: str) -> Path:
    """What the program loads for one language."""
    return source_file(language).with_suffix(".qm")


def stale() -> list[str]:
    """The languages whose compiled file is missing or older than its translations."""
    return [
        language
        for language in LANGUAGES
        if source_file(language).exists()
        and (
            not compiled_file(language).exists()
            or compiled_file(language).stat().st_mtime_ns < source_file(language).stat().st_mtime_ns
        )
    ]


def update(language: str, target: Path) -> None:
    """Merge the texts of client/ into `target`: new ones come in unfinished, vanished ones go."""
    target.parent.mkdir(parents=True, exist_ok=True)
    options = ["-extensions", "py", "-locations", "none", "-no-obsolete", "-sort-messages", "-silent"]
    _qt("lupdate", *options, "-source-language", "en", "-target-language", language, "client", "-ts", str(target))
    if language == "en":
        target.write_text(MESSAGE.sub(_say_the_source, target.read_text("utf-8")), "utf-8", newline="\n")


def compile_to(language: str, target: Path) -> None:
    """Write what the program loads. An unfinished text stays as it is in the source.

    It takes the place of the old one whole: Qt maps the file it has loaded, and must never see half of one.
    """
    beside = target.with_name(f"{target.name}.new")
    _qt("lrelease", "-silent", "-nounfinished", str(source_file(language)), "-qm", str(beside))
    beside.replace(target)


def unfinished(language: str) -> list[str]:
    """The source texts that still wait for a translator."""
    messages = (match.group(0) for match in MESSAGE.finditer(source_file(language).read_text("utf-8")))
    return [SOURCE.findall(message)[0] for message in messages if UNFINISHED.search(message)]


def main(arguments: list[str]) -> int:
    """Update and compile; with --compile only compile."""
    for language in LANGUAGES:
        if "--compile" not in arguments:
            update(language, source_file(language))
            texts = unfinished(language)
            print(f"{source_file(language).relative_to(ROOT)}: {len(texts)} to translate")
            print("".join(f"  {text}\n" for text in texts), end="")
        if source_file(language).exists():
            compile_to(language, compiled_file(language))
    return 0


def _say_the_source(match: re.Match[str]) -> str:
    """An English message said as its source says it; plurals stay with the translator."""
    message, plural = match.group(0), match.group(1)
    text = SOURCE.findall(message)[0]
    return message if plural else UNFINISHED.sub(lambda _: f"<translation>{text}</translation>", message)


def _qt(tool: str, *arguments: str) -> None:
    """Run one of Qt's translation tools, as PySide's wheel brings it."""
    scripts = Path(sysconfig.get_path("scripts"))
    subprocess.run([str(scripts / f"pyside6-{tool}"), *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
