"""What a value, a field and a person are called on the screens of sync and of those who ask it."""

from collections.abc import Mapping
from typing import Any, Final, cast

from PySide6.QtCore import QCoreApplication

from client.syncing.record import FieldKind, Subject
from client.syncing.rules import family_of
from client.terms import Speech
from sync.records.decimals import written
from sync.records.registry import TYPES

translate = QCoreApplication.translate
LEVELS: Final = {300: "A", 200: "B", 100: "C"}


def value_words(about: Subject, value: Mapping[str, Any] | None, speech: Speech) -> str:
    """The value of a unit as a person reads it; empty where there is none. value: its fields, None = deleted."""
    held = {} if value is None else {name: item for name, item in value.items() if item is not None}
    match about.kind:
        case FieldKind.POINTS | FieldKind.LEVELS:
            return score_words(held.get("state"), held.get("value"), levels=about.kind is FieldKind.LEVELS)
        case FieldKind.LETTER | FieldKind.GRADE:
            unrated = translate("Values", "cannot be rated") if "unrated" in held else ""
            return str(held["value"]) if "value" in held else unrated
        case FieldKind.TEXT:
            return str(held.get(about.unit, ""))
        case FieldKind.OTHER:
            told = [_item_words(about, name, item, speech) for name, item in held.items() if _says(about, name)]
            return translate("Values", ", ").join(told)


def _item_words(about: Subject, name: str, item: Any, speech: Speech) -> str:
    """A field and its value. What the school has a word for speaks for itself where it leads its unit."""
    items = cast("list[Any]", item) if isinstance(item, list) else [item]
    said = translate("Values", ", ").join(_code_words(about, each) for each in items)
    if name == about.unit and all(str(each) in about.words for each in items):
        return said
    return f"{field_words(about.type, name, speech)} {said}"


def _code_words(about: Subject, item: Any) -> str:
    """A value that is a code, or yes or no, in words; any other as it is."""
    if isinstance(item, bool):
        return translate("Values", "yes") if item else translate("Values", "no")
    return about.words.get(str(item)) or _usual_words().get(str(item)) or str(item)


def _usual_words() -> dict[str, str]:
    """Values that are the same words everywhere."""
    return {
        "teacher": translate("Values", "the teacher"),
        "notice": translate("Values", "a notice"),
        "import": translate("Values", "an import"),
        "correction": translate("Values", "a correction"),
        "app": translate("Values", "the app"),
        "phone": translate("Values", "a call"),
        "visit": translate("Values", "a visit"),
        "other": translate("Values", "otherwise"),
        "first": translate("Values", "first enrolment"),
        "transfer_in": translate("Values", "from another school"),
        "admitted": translate("Values", "admitted"),
        "graduated": translate("Values", "graduated"),
        "transferred": translate("Values", "to another school"),
        "withdrawn": translate("Values", "withdrawn"),
        "deferred": translate("Values", "deferred"),
        "home": translate("Values", "own class"),
        "exchange": translate("Values", "guest"),
        "group": translate("Values", "study group"),
        "ok": translate("Values", "all characters known"),
        "unmapped": translate("Values", "a character of its own"),
        "missing": translate("Values", "a character is missing"),
    }


def _says(about: Subject, field: str) -> bool:
    """Whether a field says something to a person: ids of other records do not."""
    type_ = TYPES.get(about.type)
    if type_ is None or field not in type_.fields:
        return not field.startswith("@")
    kind = type_.fields[field].kind
    of_records = kind.name in ("ref", "uuid4") or (kind.name == "set" and kind.target in TYPES)
    return not of_records and not field.startswith("@")


def score_words(state: str | None, points: int | None, *, levels: bool) -> str:
    """A score as a person reads it: 「85」, 「A」, 「欠席」."""
    if state == "scored" and points is not None:
        return LEVELS.get(points, written(points, 2)) if levels else written(points, 2)
    return {
        None: "",
        "absent": translate("Values", "absent"),
        "excluded": translate("Values", "exempt"),
        "not_submitted": translate("Values", "not handed in"),
        "not_done": translate("Values", "not done"),
        "pending": translate("Values", "pending"),
    }.get(state, state or "")


def field_words(type_: str, name: str, speech: Speech) -> str:
    """What a field of a record type is called."""
    return speech.terms.field(type_, name)


def title_of(about: Subject, speech: Speech) -> str:
    """What a unit is called on a case's list of questions: 「まとめ」, 「メモ」."""
    if about.type == "score" and about.unit == "note":
        return translate("Values", "Note")
    return about.field or speech.terms.type_(about.type)


def path_of(about: Subject, speech: Speech) -> str:
    """What a unit is called below class and subject: 「わり算 まとめ」, 「わり算 まとめ メモ」."""
    field, title = about.field or speech.terms.type_(about.type), title_of(about, speech)
    return " ".join(part for part in (about.group, field, "" if title == field else title) if part)


def scope_words(kind: str) -> str:
    """What a kind of scope holds: of a class, of the school, or of whoever works here."""
    return {
        "all": translate("Scopes", "the whole school"),
        "care": translate("Scopes", "allergies and care"),
        "class": translate("Scopes", "attendance"),
        "contact": translate("Scopes", "addresses and guardians"),
        "grade": translate("Scopes", "the year group"),
        "grades": translate("Scopes", "term grades"),
        "guidance": translate("Scopes", "student guidance"),
        "health": translate("Scopes", "health"),
        "homeroom": translate("Scopes", "homeroom remarks"),
        "inbox": translate("Scopes", "own messages"),
        "late": translate("Scopes", "late changes"),
        "lesson": translate("Scopes", "scores and lesson remarks"),
        "notes": translate("Scopes", "daily notes"),
        "office": translate("Scopes", "the staff room"),
        "past": translate("Scopes", "earlier years"),
        "plan": translate("Scopes", "own week plan"),
        "register": translate("Scopes", "the register"),
        "roster": translate("Scopes", "names"),
        "staff": translate("Scopes", "own settings"),
        "support": translate("Scopes", "special support"),
        "yoroku": translate("Scopes", "guidance records (yoroku)"),
    }.get(kind, kind)


def person(staff: Mapping[str, str], id_: str | None) -> str:
    """A member of staff as people speak of them; the school itself where nobody did it by hand."""
    name = staff.get(id_ or "", "")
    if not name:
        return translate("People", "the school")
    return translate("People", "{name}-sensei").format(name=family_of(name))
