"""The least a client must do, in memory: it follows the protocol word by word and keeps what it was given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sync.protocol.backend import Backend
from sync.protocol.digest import CHAIN_START, chain_next, group_hash, row_hash, row_sum
from sync.protocol.frames import Frame, Row, unpack
from sync.protocol.messages import (
    Chunk,
    Create,
    Delete,
    Group,
    GroupOutcome,
    Item,
    Patch,
    PullAnswer,
    PullRequest,
    PushAnswer,
    PushRequest,
)
from sync.records.registry import TYPES, data_class_of
from sync.server.push import sent

Op = Create | Patch | Delete
MADE = "2026-11-19T23:30:00.000Z"


@dataclass(slots=True)
class Desk:
    """One store at one partition. `rows` are the records held, `gone` the versions of deleted ones.

    chunked: whether it loads with chunks; chunks: what it was given, by id.
    """

    backend: Backend
    school: str
    epoch: str | None = None
    cursor: int | None = None
    hash: str = ""
    scopes: set[str] = field(default_factory=set)
    live: set[str] = field(default_factory=set)
    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    gone: dict[tuple[str, str], int] = field(default_factory=dict)
    outcomes: dict[int, GroupOutcome] = field(default_factory=dict)
    q: int = 0
    chain: str = CHAIN_START
    acknowledged: tuple[int, str] = (0, CHAIN_START)
    pages: int = 0
    chains: dict[int, str] = field(default_factory=dict)
    cursor_of_load: int = 0
    sums: dict[str, dict[str, tuple[str, int]]] = field(default_factory=dict)
    chunked: bool = False
    chunks: dict[str, Chunk] = field(default_factory=dict)

    def sync(self, size: int = 5000) -> None:
        """Learn the grants, load what is new, follow what is live."""
        while self.ask(size).grants is not None:
            pass
        fresh = self.scopes - self.live
        if fresh:
            self.follow(dict.fromkeys(fresh, 0), None, size)
            self.follow(dict.fromkeys(fresh, self.cursor_of_load), self.cursor, size)
            self.live |= fresh
        self.follow({}, self.cursor, size)

    def follow(self, loading: Mapping[str, int | None], cursor: int | None, size: int) -> None:
        """All pages of one pull."""
        others: dict[str, int | None] = dict.fromkeys(self.scopes - self.live - loading.keys())
        if cursor is None:
            others |= dict.fromkeys(self.live)
        next_ = None
        while True:
            answer = self.page(
                PullRequest(
                    epoch=self.epoch,
                    cursor=cursor,
                    grants=self.hash,
                    loading=others | dict(loading),
                    next=next_,
                    max=size,
                    ack=self.acknowledged,
                    chunks=self.chunked,
                )
            )
            if answer.grants is not None:
                return
            next_ = answer.next
            if next_ is None:
                assert answer.cursor is not None
                self.cursor_of_load = answer.cursor
                if cursor is not None or self.cursor is None:
                    self.cursor = answer.cursor
                return
            assert answer.cursor is None

    def ask(self, size: int = 5000, *, sums: bool = False) -> PullAnswer:
        """One live pull, for the grants or for nothing new; nothing is loaded."""
        loading = dict.fromkeys(self.scopes - self.live)
        return self.page(
            PullRequest(
                epoch=self.epoch,
                cursor=self.cursor if self.live else None,
                grants=self.hash,
                loading=loading,
                max=size,
                ack=self.acknowledged,
                sums=sums,
            )
        )

    def page(self, request: PullRequest) -> PullAnswer:
        """One page, applied in the order the protocol says."""
        answer = self.backend.pull(self.school, request)
        self.pages += 1
        self.epoch = answer.epoch
        if answer.grants is not None:
            assert not any((answer.frames, answer.out, answer.deleted, answer.outcomes)), "grants come alone"
            self.hash = answer.grants.hash
            self.scopes = {grant.scope for grant in answer.grants.rows}
            self.live &= self.scopes
            self._purge()
            return answer
        for scope, type_, id_ in answer.out:
            row = self.rows.get((type_, id_))
            if row is not None:
                self.rows[type_, id_] = row._replace(scopes=tuple(name for name in row.scopes if name != scope))
        self._purge()
        for type_, id_, ver in answer.deleted:
            held = self.rows.get((type_, id_))
            if held is None or held.ver < ver:
                self.rows.pop((type_, id_), None)
                self.gone[type_, id_] = ver
        for frames in (self._opened(request, answer), answer.frames):
            rows = [row for frame in frames for row in unpack(frame)]
            assert len({(row.type, row.id) for row in rows}) == len(rows), "each record once a page"
            for row in rows:
                self._take(row)
        for outcome in answer.outcomes:
            self.outcomes[outcome.q] = outcome
        self.sums |= answer.sums
        return answer

    def _opened(self, request: PullRequest, answer: PullAnswer) -> Iterable[Frame]:
        assert request.chunks or not answer.chunks, "chunks come only to whoever takes them"
        if not answer.chunks:
            return ()
        self.chunks |= {chunk.id: chunk for chunk in answer.chunks}
        frames = self.backend.get_chunks(self.school, answer.chunks)
        assert sum(len(frame.rows) for frame in frames) == sum(chunk.rows for chunk in answer.chunks)
        return frames

    def push(self, *groups: Iterable[Op], kind: str = "test.edit") -> list[GroupOutcome]:
        """Push groups of ops, each with the next number; what comes back is kept."""
        items = []
        for ops in groups:
            self.q += 1
            items.append(Item(q=self.q, rev=0, group=Group(at=MADE, kind=kind, ops=tuple(ops))))
        return list(self.push_items(items).outcomes)

    def push_items(self, items: list[Item]) -> PushAnswer:
        """Push numbered groups as they are."""
        assert self.epoch is not None
        answer = self.backend.push(self.school, PushRequest(epoch=self.epoch, chain=self.chain, groups=tuple(items)))
        for item in items:
            self.chain = chain_next(self.chain, group_hash(sent(item)))
            self.chains[item.q] = self.chain
        assert answer.last >= items[-1].q
        if answer.last == items[-1].q:
            assert answer.chain == self.chain
        for outcome in answer.outcomes:
            self.outcomes[outcome.q] = outcome
        for frame in answer.frames:
            for row in unpack(frame):
                self._take(row)
        self.acknowledged = (items[-1].q, self.chain)
        return answer

    def ver(self, type_: str, id_: str) -> int:
        """The version of a row held."""
        return self.rows[type_, id_].ver

    def patch(self, type_: str, id_: str, resolves: tuple[str, ...] = (), **set_: Any) -> Patch:
        """An op on a row held, whole units, based on what is held."""
        row, known = self.rows[type_, id_], TYPES[type_]
        units = {known.unit_of(name) for name in set_}
        whole = {name: set_.get(name, row.fields.get(name)) for unit in units for name in known.units[unit]}
        base = {unit: row.fv.get(unit, row.ver) for unit in units}
        return Patch(type=type_, id=id_, set=whole, base=base, resolves=resolves)

    def conflicts(self) -> list[Row]:
        """The open conflicts held."""
        return [row for row in self.rows.values() if row.type == "conflict" and row.fields["state"] == "open"]

    def told_sums(self) -> dict[str, dict[str, tuple[str, int]]]:
        """What the server says of every live scope and data class that has rows."""
        told = self.ask(sums=True).sums
        live = {scope: {class_: said for class_, said in classes.items() if said[1]} for scope, classes in told.items()}
        return {scope: classes for scope, classes in live.items() if classes}

    def computed_sums(self) -> dict[str, dict[str, tuple[str, int]]]:
        """Sum and count of each live scope and data class, from the rows really held."""
        hashes: dict[str, dict[str, list[int]]] = {}
        for row in self.rows.values():
            class_ = data_class_of(TYPES[row.type], row.fields).value
            for scope in self.live & set(row.scopes):
                hash_ = row_hash(row.type, row.id, row.ver, row.fields)
                hashes.setdefault(scope, {}).setdefault(class_, []).append(hash_)
        return {
            scope: {class_: (row_sum(found), len(found)) for class_, found in classes.items()}
            for scope, classes in hashes.items()
        }

    def _take(self, row: Row) -> None:
        assert self.scopes & set(row.scopes), "no row without a grant (I7)"
        key = (row.type, row.id)
        held = self.rows.get(key)
        if (held is None or held.ver <= row.ver) and self.gone.get(key, -1) < row.ver:
            self.rows[key] = row

    def _purge(self) -> None:
        self.rows = {key: row for key, row in self.rows.items() if self.scopes & set(row.scopes)}
