"""The store's own tables, brought up by numbered steps of plain SQL; tables of records are made from the registry."""

from importlib.resources import files
from typing import Final

from client.store.database import Connection
from client.store.errors import StoreTooNew

_STEPS: Final = files("client.store") / "migrations"


def steps() -> list[tuple[int, str]]:
    """Number and SQL of each step, in order."""
    found = [entry for entry in _STEPS.iterdir() if entry.name.endswith(".sql")]
    return sorted((int(entry.name.split("_")[0]), entry.read_text("utf-8")) for entry in found)


def migrate(connection: Connection) -> None:
    """Take the steps that are missing, inside the open transaction.

    Raises StoreTooNew when a newer program has taken more than this one knows.
    """
    (reached,) = connection.execute("PRAGMA user_version").fetchone()
    known = steps()
    if reached > known[-1][0]:
        raise StoreTooNew(found=reached, known=known[-1][0])
    for number, sql in known:
        if number > reached:
            for statement in statements(sql):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")


def statements(sql: str) -> list[str]:
    """The statements of a step. Comments stand on lines of their own; no text in a step holds a semicolon."""
    lines = [line for line in sql.splitlines() if not line.startswith("--")]
    return [statement for part in "\n".join(lines).split(";") if (statement := part.strip())]
