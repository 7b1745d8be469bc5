"""Where the plain files of resources/ are: beside the packages, in a checkout and in a frozen folder alike.

Interface texts are English in the source. `resources/i18n/keyaki_{ja,en}.ts` are their translations, kept in git;
`make translate` brings them up to date from the source. The compiled `keyaki_{ja,en}.qm` beside them are what
`QTranslator.load` reads: every set-up, `make translate` and the package build write them, git ignores them.
"""

from pathlib import Path

import client

ROOT = Path(client.__file__).parents[1] / "resources"
ICON = ROOT / "icons" / "keyaki.png"
"""The program's own sign, 256 pixels square."""


def translation(language: str) -> Path:
    """The compiled interface texts of "ja" or "en". The file is missing only in a checkout that was never set up."""
    return ROOT / "i18n" / f"keyaki_{language}.qm"
