"""What a backup says of itself: of when and which program it is, and what must be found in it."""

import json
from importlib.metadata import version
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from sync.server.backup.files import make_private, to_disk
from sync.server.settings import Refusal

MANIFEST: Final = "manifest.json"


class Manifest(BaseModel):
    """One backup. made_at: UTC; program: version of Keyaki; revision: of the tables; rows: {table: how many}."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    format: Literal[1] = 1
    made_at: str
    program: str
    revision: str
    bytes: int
    sha256: str
    rows: dict[str, int]


def program() -> str:
    """This program's version."""
    return version("keyaki")


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Store it in a backup's folder. Raises OSError."""
    path = folder / MANIFEST
    make_private(path)
    path.write_text(json.dumps(manifest.model_dump(), indent=1) + "\n", encoding="utf-8")
    to_disk(path)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup's folder. Raises Refusal where there is none that this program understands."""
    try:
        return Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except OSError as error:
        raise Refusal(f"{folder.name} is not a backup: {MANIFEST}: {error.strerror}") from error
    except ValidationError as error:
        raise Refusal(f"{folder.name}: {MANIFEST} is damaged, or of a newer program") from error
