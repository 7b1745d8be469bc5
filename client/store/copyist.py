"""Writes every saved group once more, into the sealed journal beside the store (security.md 2.3, 5.3).

The database comes first: a record that is missing in the journal can be written anew from the outbox, but nobody here
can read the journal. So that it is known at each start what is missing, every transaction that touches the outbox keeps
what it is about to add, and behind which record: `copies` in `meta`. All of this runs in the writer thread.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, TypeVar, cast
from uuid import UUID

import orjson

from client.store.ambient import Clock
from client.store.announced import Announced, promised, said_nothing
from client.store.chain import RECOVERING, newest, recovering
from client.store.facts import Saved
from client.store.outbox import VOID
from client.store.writing import OUTBOX, Writing
from client.vault import aside, quarantine
from client.vault.anchor import Reach
from client.vault.errors import DiskRefused, JournalForeign
from client.vault.journal import Hand, Journal, Note
from sync.protocol.errors import TooLarge
from sync.protocol.journal import Kind

T = TypeVar("T")
Hands = Callable[[UUID], Hand | None]
"""The hand a device of this store writes with; None while the school has given no key to seal to."""

KNOWN: Final = "stream"
"""Key in `meta` of the stream the school was told of last."""
_AT_ONCE: Final = 100
"""So many records are kept with one wait for the disk."""
_SHED_EVERY: Final = timedelta(days=1)
_log = logging.getLogger("keyaki.store")


class Copyist:
    """Keeps the copies of one store. folder: the store's; clock: now.

    missing: groups whose copy could not be written yet. keeping: whether copies are written at all.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder, self._clock = folder, clock
        self._hands: Hands | None = None
        self._hand: Hand | None = None
        self._whose = (b"", b"")
        self._journal: Journal | None = None
        self._said: Announced | None = None
        self._notes: dict[int, Note] = {}
        self._beginning = False
        self._warned = False
        self._shed_at: datetime | None = None
        self.missing: frozenset[int] = frozenset()
        self._taking: tuple[str, Reach, Journal] | None = None
        """As which device the journal is taken up, how far it had come then, and where it goes on from there."""
        self._taken = self._taking
        """The same once it is committed."""

    @property
    def keeping(self) -> bool:
        """Whether saved groups are written once more."""
        return self._hand is not None

    @property
    def found(self) -> Reach | None:
        """How far database and journal together had come when it was taken up; None while it cannot be read."""
        return None if self._taken is None else self._taken[1]

    @property
    def reached(self) -> tuple[str, Reach] | None:
        """How far the store has come for good, and as which device; None without a journal. For any thread."""
        taken = self._taken
        if taken is None:
            return None
        device, found, journal = taken
        return device, found.further(Reach(journal.reached.jseq, journal.reached.q))

    def begin(self, writing: Writing, hands: Hands) -> None:
        """Go on with the store's journal, or begin it. What waits and is not in it is added after the commit.

        A journal of another store is set aside for the school to read. Where this one knows of groups that the database
        has lost, nothing is sent until the school has read it, and new groups get numbers above all of its own.
        """
        user, device = (
            writing.run("SELECT value FROM meta WHERE key = ?", name)[0][0].encode("ascii")
            for name in ("user", "device")
        )
        hand = hands(UUID(device.decode()))
        self._hands = hands
        if self._journal is not None and _named(hand) == _named(self._hand):
            return
        self._hand, self._whose, self._journal, self._said = hand, (user, device), None, None
        self._beginning, self._taking, self._taken = True, None, None
        self._keep({})
        if hand is not None:
            self._said = Announced.read(writing, hand.stream.hex())
            self._take_up(writing, hand)

    def announce(self, writing: Writing) -> None:
        """Before the commit of a job: say in the same transaction what is about to be added."""
        hands, fresh = self._hands, writing.regrouped
        if writing.set_back:
            self._have_read_again(writing)
        if writing.became:
            self._begin_anew(writing, hands)
        elif hands is not None and self.keeping and self._journal is None and (fresh or self._notes):
            self.begin(writing, hands)
        if self._notes:
            self._forget_answered(writing)
            writing.change([OUTBOX])
        if self._hand is None and fresh:
            said_nothing(writing)
        elif self._hand is not None and (fresh or self._notes):
            self._announce(writing, self._hand, {*self._notes, *fresh})

    def follow(self, writing: Writing, result: T) -> T:
        """After the commit: add the records. What the job tells its asker is told with it, whether or not it went well:
        the edit is saved either way.
        """
        fresh, writing.regrouped = writing.regrouped, {}
        writing.became = writing.set_back = False
        if self._beginning:
            self._beginning, self._taken = False, self._taking
        if self._hand is None or not (fresh or self._notes):
            return result
        self._keep(self._notes | {q: self._note(q, *group) for q, group in fresh.items()})
        self._write()
        if isinstance(result, Saved) and result.q in self.missing:
            return cast("T", replace(result, uncopied=True))
        return result

    def forget(self) -> None:
        """A job was rolled back: what was begun in it is begun again by the next."""
        if self._beginning:
            self._beginning, self._journal = False, None
            self._keep({})

    def shed(self, writing: Writing) -> None:
        """Once a day: take away old segments all of whose groups have come back from the school, and journals read long
        ago.

        What the disk refuses is tried again the next day.
        """
        journal, now = self._journal, self._clock()
        if journal is None or (self._shed_at is not None and now - self._shed_at < _SHED_EVERY):
            return
        self._shed_at = now
        if recovering(writing):
            return
        rows = writing.run(
            "SELECT q FROM outbox UNION ALL SELECT q FROM not_accepted WHERE NOT dealt_with UNION ALL "
            "SELECT q FROM accepted WHERE seq > (SELECT coalesce(max(cursor), 0) FROM partition WHERE id = ?)",
            writing.school,
        )
        needed = {q for (q,) in rows}
        try:
            journal.shed(lambda q: q not in needed)
            quarantine.shed(self._folder, now)
            aside.shed(self._folder, now)
        except DiskRefused as error:
            _log.info("old journals stay: %s", error)

    # -- within -------------------------------------------------------------------------------------------------------

    def _take_up(self, writing: Writing, hand: Hand) -> None:
        """Open the journal and see what of the outbox is not in it; all of it counts as missing until that is known."""
        rows = writing.run("SELECT q, kind, item FROM outbox ORDER BY q")
        outbox = {q: (kind, text) for q, kind, text in rows if q not in writing.regrouped}
        said, last, wanted = self._said, dict[int, Kind](), {*outbox}
        try:
            self._journal = journal = self._opened(hand, self._clock() if said is None else said.since)
            last = {head.q: head.kind for head in journal.heads(-1 if said is None else said.at)}
            if said is not None and said.at <= journal.reached.jseq:
                wanted &= {*said.qs} - last.keys()
        except DiskRefused as error:
            self._refused(error)
        else:
            taken_back = any(last.get(q) is Kind.VOID and kind != VOID for q, (kind, _) in outbox.items())
            self._compare(writing, max([journal.reached.q, *last]), lost=taken_back)
            jseq = max(promised(writing, hand.stream.hex()), journal.reached.jseq)
            found = Reach(jseq, newest(writing)[0])
            self._taking = self._whose[1].decode("ascii"), found, journal
        self._keep({q: self._note(q, *outbox[q]) for q in sorted(wanted)})

    def _compare(self, writing: Writing, highest: int, *, lost: bool) -> None:
        """Where the journal knows of more than the database, whose commits were lost then, nothing is sent for now."""
        known, _ = newest(writing)
        if lost or highest > known:
            _log.warning("the journal knows of group %d, the store of %d", highest, known)
            writing.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", RECOVERING, str(max(highest, known)))
            writing.newest = None

    def _announce(self, writing: Writing, hand: Hand, qs: set[int]) -> None:
        journal, said = self._journal, self._said
        if journal is None and said is None:
            return  # the journal cannot be read: nothing said of it is the same as all that waits
        said = said or Announced(hand.stream.hex(), self._clock(), promised=promised(writing, hand.stream.hex()))
        self._said = said = said.renewed(said.at if journal is None else journal.reached.jseq, qs)
        said.write(writing)

    def _opened(self, hand: Hand, since: datetime) -> Journal:
        """The journal of this stream; another one that lies in its place is set aside first."""
        try:
            return Journal(self._folder, hand, since, self._clock)
        except JournalForeign:
            _log.info("the journal beside the store is another's: set aside to be read by the school")
            quarantine.put(self._folder)
            return Journal(self._folder, hand, since, self._clock)

    def _begin_anew(self, writing: Writing, hands: Hands | None) -> None:
        """The store is another device now: a stream of its own, with all that waits. The former one has not to be read,
        unless it knew of more than the store.
        """
        lost = recovering(writing)
        writing.run("DELETE FROM meta WHERE key = ?", RECOVERING)
        said_nothing(writing)
        writing.newest = None
        if hands is None:
            return
        try:
            quarantine.put(self._folder, spare=not lost)
        except DiskRefused as error:
            self._refused(error)
        self.begin(writing, hands)

    def _have_read_again(self, writing: Writing) -> None:
        """The school may have lost what it had read of former stores, and whose this one's journal is."""
        writing.run("DELETE FROM meta WHERE key = ?", KNOWN)
        try:
            quarantine.reopen(self._folder)
        except DiskRefused as error:
            self._refused(error)

    def _forget_answered(self, writing: Writing) -> None:
        """What the school has answered needs no copy any more."""
        among = orjson.dumps(sorted(self._notes)).decode()
        rows = writing.run("SELECT q FROM outbox WHERE q IN (SELECT value FROM json_each(?))", among)
        self._keep({q: self._notes[q] for (q,) in rows})

    def _write(self) -> None:
        """Add what is missing, as much as the disk takes. A group too large for a record stays missing until it is
        answered.
        """
        journal, at_once, left = self._journal, _AT_ONCE, sorted(self._notes)
        try:
            while left and journal is not None:
                some = left[:at_once]
                try:
                    journal.append([self._notes[q] for q in some])
                    self._keep({q: note for q, note in self._notes.items() if q not in some})
                except TooLarge:
                    if at_once > 1:
                        at_once = 1
                        continue
                left = left[len(some) :]
            self._warned = self._warned and bool(self._notes)
        except DiskRefused as error:
            self._refused(error)

    def _note(self, q: int, kind: str, text: str) -> Note:
        """The record of a group. text: its canonical JSON, which the names of user and device enclose in order."""
        user, device = self._whose
        body = b'{"did":"%s",%s,"uid":"%s"}' % (device, text[1:-1].encode("utf-8"), user)
        return Note(Kind.VOID if kind == VOID else Kind.GROUP, q, body)

    def _keep(self, notes: dict[int, Note]) -> None:
        self._notes, self.missing = notes, frozenset(notes)

    def _refused(self, error: DiskRefused) -> None:
        """Told once, until it goes well again."""
        if not self._warned:
            _log.warning("journal_write_failed: %s", error)
        self._warned = True


def _named(hand: Hand | None) -> tuple[bytes, int] | None:
    """What tells one hand from another: its stream, and the school's key."""
    return None if hand is None else (hand.stream, hand.kid)
