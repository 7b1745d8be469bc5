"""What a person may set on this PC: every option once, with its default and its choices.

What belongs to the school is a record, not a setting. Values lie in one JSON file of the profile; what is unknown or
out of range there counts as the default and stays in the file, so an older version loses nothing of a newer one.
"""

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T", str, int, bool)
_log = logging.getLogger("keyaki.settings")


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """One option. choices: all allowed values, empty = any of the default's type. policy: the name IT knows it by."""

    key: str
    default: T
    choices: tuple[T, ...] = ()
    policy: str = ""

    def takes(self, value: object) -> bool:
        """Whether `value` is allowed."""
        return type(value) is type(self.default) and (not self.choices or value in self.choices)


LANGUAGE = Option("language", "ja", ("ja", "en"))
THEME = Option("theme", "light", ("light", "dark", "contrast", "system"))
TEXT_SCALE = Option("text_scale", 100, (90, 100, 115, 130))
"""In percent."""
DEVICE_NAME = Option("device_name", "")
"""What colleagues read beside a value from this PC; empty = the name the system has."""
SERVER = Option("server", "", policy="ServerUrl")
ISSUER = Option("issuer", "", policy="Issuer")
CLIENT_ID = Option("client_id", "keyaki", policy="ClientId")
REDIRECT_HOST = Option("redirect_host", "127.0.0.1", ("127.0.0.1", "localhost"), policy="RedirectHost")
"""Where the browser comes back to after a sign-in; some identity providers register only one of the two."""
PROXY = Option("proxy", "", policy="ProxyUrl")
"""Such as http://proxy.example:8080, or "direct" for none; empty = as the system says."""

PRESENTING = Option("presenting", "ask", ("ask", "always"), policy="Presenting")
"""What becomes of another display: somebody is asked once whether it is a monitor of their own, or it is covered."""
OWN_DISPLAYS = Option("own_displays", "")
"""Keys of the displays that only the teacher sees, one a line."""

OPTIONS: tuple[Option[Any], ...] = (
    LANGUAGE,
    THEME,
    TEXT_SCALE,
    DEVICE_NAME,
    SERVER,
    ISSUER,
    CLIENT_ID,
    REDIRECT_HOST,
    PROXY,
    PRESENTING,
    OWN_DISPLAYS,
)


class Settings:
    """The values of one profile. given: values of the command line, which win and are never written down."""

    def __init__(self, path: Path, given: dict[Option[Any], str | int | bool] | None = None) -> None:
        self._path = path
        self._given = given or {}
        self._kept = _read(path)

    def value(self, option: Option[T]) -> T:
        """What holds now."""
        if option in self._given:
            return cast("T", self._given[option])
        kept = self._kept.get(option.key, option.default)
        return kept if option.takes(kept) else option.default

    def keep(self, option: Option[T], value: T) -> None:
        """Set a value for good. Raises ValueError for one the option does not take, OSError when it cannot be kept."""
        if not option.takes(value):
            raise ValueError(option.key)
        self._kept[option.key] = value
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(self._kept, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")
        fresh.replace(self._path)


def _read(path: Path) -> dict[str, Any]:
    """The kept values; none when there is no file yet or it is damaged: settings are no records."""
    try:
        kept = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        _log.info("settings cannot be read: %s", type(error).__name__)
        return {}
    return cast("dict[str, Any]", kept) if isinstance(kept, dict) else {}
