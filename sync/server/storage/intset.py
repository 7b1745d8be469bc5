"""A set of small integers as a column: an array in PostgreSQL, its text form in SQLite, read as that text in both."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Dialect, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeDecorator, TypeEngine


class IntSet(TypeDecorator[str]):
    """Written from the text `{1,5}`; PostgreSQL stores the array row-level security overlaps with."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column type of this engine."""
        return dialect.type_descriptor(ARRAY(Integer) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:
        """What the driver is given."""
        return list(members(value)) if dialect.name == "postgresql" and value is not None else value

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """The text form, whatever the driver gives."""
        return int_set(cast("list[int]", value)) if isinstance(value, list) else value


def int_set(numbers: Iterable[int]) -> str:
    """The text form of a set: sorted, each once."""
    return "{" + ",".join(map(str, sorted(set(numbers)))) + "}"


@lru_cache(maxsize=4096)
def members(text: str) -> tuple[int, ...]:
    """The numbers in a text form."""
    inside = text[1:-1]
    return tuple(map(int, inside.split(","))) if inside else ()
