"""The command `keyaki`."""

import argparse
import logging
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from client import log, paths
from client import settings as options
from client.paths import Profile
from client.settings import Option, Settings
from client.terms import Terms
from sync.errors import KeyakiError

SCREENS = Path("build") / "run-screens"


def main(words: Sequence[str] | None = None) -> int:
    """Start the program; its exit code: 0 ended well, 1 could not start, 2 asked wrongly."""
    asked = _parser().parse_args(words)
    root: Path = asked.profile or paths.default_root() / ("demo" if asked.demo else "")
    profile = Profile(root.resolve())
    try:
        paths.refuse_unfit(profile.root)
        handler = log.start(profile.logs, profile.install_id())
    except (KeyakiError, OSError) as error:
        return _told(error, asked.lang)
    try:
        return _start(asked, profile, Settings(profile.settings, _given(asked)))
    except KeyakiError as error:
        return _told(error, asked.lang)
    finally:
        log.stop(handler)


def _told(error: KeyakiError | OSError, language: str | None) -> int:
    """Say why it could not start; the exit code for that."""
    terms = Terms(language or options.LANGUAGE.default)
    words = f"{terms.sentence(error)} (E-{error.number})" if isinstance(error, KeyakiError) else str(error)
    logging.getLogger("keyaki.start").info("could not start: %s", error)
    print(words, file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="keyaki", description="School affairs: grades and records, offline first")
    parser.add_argument("--profile", type=Path, help="folder for everything this program keeps")
    parser.add_argument("--lang", choices=options.LANGUAGE.choices)
    parser.add_argument("--theme", choices=options.THEME.choices)
    parser.add_argument("--demo", action="store_true", help="a sample school on this computer, with invented people")
    parser.add_argument("--desk-of-demo", type=int, metavar="PORT", help=argparse.SUPPRESS)
    parser.add_argument("--screens", type=Path, default=SCREENS, help="with --demo and no display: where pictures go")
    return parser


def _given(asked: argparse.Namespace) -> dict[Option[Any], str | int | bool]:
    said = {options.LANGUAGE: asked.lang, options.THEME: asked.theme}
    return {option: value for option, value in said.items() if value is not None}


def load() -> None:
    """Import everything that does without Qt: PySide looks through the source of every module imported after it."""
    for name in ("client.unlock.enrol", "client.unlock.protection"):
        import_module(name)


def _start(asked: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """Qt is loaded only here, and last: `keyaki --help` needs no display."""
    load()
    from client import start
    from client.hardening import harden

    harden()
    if asked.demo:
        return start.demo(profile, settings, asked.screens, asked.desk_of_demo)
    return start.work(profile, settings)


if __name__ == "__main__":
    sys.exit(main())
