"""How far the numbers of edit groups have come, and the chain over all groups up to there."""

from typing import Final

from client.store.writing import Writing
from sync.protocol.digest import CHAIN_START, chain_next
from sync.protocol.errors import SeqGap

RECOVERING: Final = "recovering"
"""Key in `meta` of the highest number in a journal that knows of more than the database; meanwhile nothing is sent."""
RECOVERED: Final = "recovered"
"""Key in `meta` of the last number that got its outcome by a recovery: not all groups up to there are here."""


def newest(writing: Writing) -> tuple[int, str]:
    """The last number given, and the chain there.

    While the journal knows of more groups than are here, it is the last of those, and the chain there is not known:
    `closed` puts it right.
    """
    if writing.newest is None:
        rows = writing.run("SELECT q, chain FROM outbox ORDER BY q DESC LIMIT 1")
        marks = [acked(writing), forgotten(writing), *((int(q), str(chain)) for q, chain in rows)]
        last, chain = max(marks, key=lambda found: found[0])
        lost = [int(q) for (q,) in writing.run("SELECT value FROM meta WHERE key = ?", RECOVERING)]
        writing.newest = (max([last, *lost]), chain)
    return writing.newest


def recovering(writing: Writing) -> bool:
    """Whether groups of this store were lost, and the school has not read the journal that knows of them."""
    return bool(writing.run("SELECT 1 FROM meta WHERE key = ?", RECOVERING))


def closed(writing: Writing, q: int, chain: str) -> bool:
    """The school has an outcome for every group of this device up to here, those too that were lost here. False where
    that is not all the journal knows of.
    """
    if any(q < int(lost) for (lost,) in writing.run("SELECT value FROM meta WHERE key = ?", RECOVERING)):
        return False
    writing.run("DELETE FROM meta WHERE key = ?", RECOVERING)
    writing.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", RECOVERED, str(q))
    mark(writing, "forgotten", q, chain)
    for number, hash_ in writing.run("SELECT q, hash FROM outbox WHERE q > ? ORDER BY q", q):
        chain = chain_next(chain, hash_)
        writing.run("UPDATE outbox SET chain = ? WHERE q = ?", chain, number)
    writing.newest = None
    return True


def reopened(writing: Writing, known: int) -> bool:
    """The server was set back, and this is the last number it surely knows. True where that is before the end of a
    recovery: what had come back is in the journal alone, which the school has to read once more.
    """
    ends = [int(q) for (q,) in writing.run("SELECT value FROM meta WHERE key IN (?, ?)", RECOVERED, RECOVERING)]
    if not ends or max(ends) <= known:
        return False
    writing.run("DELETE FROM meta WHERE key = ?", RECOVERED)
    writing.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", RECOVERING, str(max(ends)))
    rows = writing.run("SELECT chain FROM accepted WHERE q = ?", known)
    mark(writing, "acked", known, rows[0][0] if rows else CHAIN_START)
    return True


def acked(writing: Writing) -> tuple[int, str]:
    """The last number that has an outcome, as all before it, and the chain there."""
    return _mark(writing, "acked")


def forgotten(writing: Writing) -> tuple[int, str]:
    """The last number whose group is too old to be here, and the chain there."""
    return _mark(writing, "forgotten")


def mark(writing: Writing, name: str, q: int, chain: str) -> None:
    """Set one of these marks."""
    writing.run("INSERT OR REPLACE INTO meta VALUES (?, ?), (?, ?)", name, str(q), f"{name}_chain", chain)


def _mark(writing: Writing, name: str) -> tuple[int, str]:
    rows = writing.run("SELECT key, value FROM meta WHERE key IN (?, ?)", name, f"{name}_chain")
    held = dict(map(tuple, rows))
    return int(held.get(name, 0)), held.get(f"{name}_chain", CHAIN_START)


def chain_before(writing: Writing, q: int) -> str:
    """The chain before a group. Raises SeqGap when what comes before it is not here any more."""
    if q == 1:
        return CHAIN_START
    for last, chain in (acked(writing), forgotten(writing)):
        if last == q - 1:
            return chain
    rows = writing.run(
        "SELECT chain FROM outbox WHERE q = ?1 UNION SELECT chain FROM accepted WHERE q = ?1 "
        "UNION SELECT chain FROM not_accepted WHERE q = ?1",
        q - 1,
    )
    if not rows and recovering(writing):
        return acked(writing)[1]  # not the true one, which `closed` finds: nothing is sent before that
    if not rows:
        raise SeqGap(expected=q)
    return rows[0][0]
