"""Undo and redo: the last 200 groups of each screen, taken back and done again as one step each."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import orjson

from client.store.facts import Saved
from client.store.outbox import Act, empty, save
from client.store.overlay import visible
from client.store.writer import Writer
from client.store.writing import Writing, ops_of
from sync.engine.edit import Edit, Put, Remove
from sync.engine.inverse import Made, UndoRefused, inverse, untouched
from sync.engine.rebase import Op, Visible
from sync.records.ids import IdMaker

DEPTH: Final = 200
UNDO_KIND: Final = "undo"
REDO_KIND: Final = "redo"


def remember(writing: Writing, screen: str, q: int) -> None:
    """Put a group on top of a screen's stack; what had been taken back cannot be done again any more."""
    writing.run("DELETE FROM undo WHERE screen = ? AND undone", screen)
    ((top,),) = writing.run("SELECT coalesce(max(n), 0) FROM undo WHERE screen = ?", screen)
    writing.run("INSERT INTO undo (screen, n, q) VALUES (?, ?, ?)", screen, top + 1, q)
    writing.run("DELETE FROM undo WHERE screen = ? AND n <= ?", screen, top + 1 - DEPTH)


def take_back(writing: Writing, screen: str, at: datetime, ids: IdMaker) -> Saved | None:
    """Take back the newest group that stands. Raises UndoRefused."""
    rows = writing.run("SELECT n, q, again FROM undo WHERE screen = ? AND NOT undone ORDER BY n DESC LIMIT 1", screen)
    return _turned(writing, (screen, *rows[0]), Act(UNDO_KIND, at, None), ids, undone=1) if rows else None


def do_again(writing: Writing, screen: str, at: datetime, ids: IdMaker) -> Saved | None:
    """Do again what was taken back last. Raises UndoRefused."""
    rows = writing.run("SELECT n, q, again FROM undo WHERE screen = ? AND undone ORDER BY n LIMIT 1", screen)
    return _turned(writing, (screen, *rows[0]), Act(REDO_KIND, at, None), ids, undone=0) if rows else None


def turn(writer: Writer, job: Callable[[Writing], Saved | None], screen: str, *, undone: int) -> Saved | None:
    """Have the writer take back or do again. Raises UndoRefused; the entry is forgotten then."""
    try:
        return writer.edit(job).result()
    except UndoRefused:
        writer.edit(lambda writing: give_up(writing, screen, undone=undone)).result()
        raise


def give_up(writing: Writing, screen: str, *, undone: int) -> None:
    """Forget the entry that was refused, so that the ones behind it can be reached."""
    end = "min(n)" if undone else "max(n)"
    writing.run(
        f"DELETE FROM undo WHERE screen = ? AND n = (SELECT {end} FROM undo WHERE screen = ? AND undone = ?)",  # noqa: S608
        *(screen, screen, undone),
    )


def _turned(writing: Writing, entry: tuple[str, int, int, str | None], act: Act, ids: IdMaker, *, undone: int) -> Saved:
    """Turn an entry over: the group it names is emptied while it is unsent and answered by a new one afterwards; where
    emptying it was the last turn, what it did is done anew.
    """
    screen, n, q, again = entry

    def look(type_: str, id_: str) -> Visible | None:
        return visible(writing, type_, id_)

    if again is not None:
        saved = save(writing, act, [_edit(writing, op) for op in orjson.loads(again)], ids)
        _moved(writing, (screen, n), saved.q, None, undone=undone)
        return saved
    made = _made(writing, q)
    if writing.run("SELECT 1 FROM outbox WHERE q = ? AND in_flight = 0", q):
        untouched(made, look)
        empty(writing, q)
        _moved(writing, (screen, n), q, orjson.dumps(made.ops).decode(), undone=undone)
        return Saved(q, act.kind, tuple((op["type"], op["id"]) for op in made.ops))
    saved = save(writing, act, inverse(made, look), ids)
    _moved(writing, (screen, n), saved.q, None, undone=undone)
    return saved


def _moved(writing: Writing, entry: tuple[str, int], q: int | None, again: str | None, *, undone: int) -> None:
    """Keep how an entry stands now; one that wrote nothing is gone."""
    if q is None:
        writing.run("DELETE FROM undo WHERE screen = ? AND n = ?", *entry)
    else:
        writing.run("UPDATE undo SET q = ?, undone = ?, again = ? WHERE screen = ? AND n = ?", q, undone, again, *entry)


def _made(writing: Writing, q: int) -> Made:
    rows = writing.run(
        "SELECT item, before, NULL AS seq FROM outbox WHERE q = ? UNION ALL "
        "SELECT item, before, seq FROM accepted WHERE q = ?",
        *(q, q),
    )
    item, before, seq = rows[0]
    return Made(q, seq, tuple(ops_of(item)), tuple(orjson.loads(before)))


def _edit(writing: Writing, op: Op) -> Edit:
    """The edit an op stands for. Raises UndoRefused where what it was based on is not what is visible now."""
    seen = visible(writing, op["type"], op["id"])
    resolves = tuple(op.get("resolves", ()))
    if op["do"] == "create":
        if seen is not None:
            raise UndoRefused(type=op["type"], id=op["id"], unit="@record")
        return Put(op["type"], op["set"], id=op["id"], resolves=resolves)
    if op["do"] == "delete":
        if seen is None or (seen.ver != op["base"] and not isinstance(op["base"], str)):
            raise UndoRefused(type=op["type"], id=op["id"], unit="@record")
        return Remove(op["type"], op["id"], op["base"], resolves)
    for unit, base in op["base"].items():
        if seen is None or (isinstance(base, int) and seen.base(unit) != base):
            raise UndoRefused(type=op["type"], id=op["id"], unit=unit)
    return Put(op["type"], op["set"], id=op["id"], seen=op["base"], resolves=resolves)
