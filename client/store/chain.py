"""How far the numbers of edit groups have come, and the chain over all groups up to there."""

from client.store.writing import Writing
from sync.protocol.digest import CHAIN_START
from sync.protocol.errors import SeqGap


def newest(writing: Writing) -> tuple[int, str]:
    """The last number given, and the chain there."""
    if writing.newest is None:
        rows = writing.run("SELECT q, chain FROM outbox ORDER BY q DESC LIMIT 1")
        writing.newest = (rows[0][0], rows[0][1]) if rows else acked(writing)
    return writing.newest


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
    if not rows:
        raise SeqGap(expected=q)
    return rows[0][0]
