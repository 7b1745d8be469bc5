"""The places where the product is broken on purpose, each with the promise that goes with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Mutant:
    """One place of the product told otherwise. breaks: the promise it goes against.

    behind: the guard that stands behind this one and is broken with it, for either holds the promise alone.
    """

    name: str
    breaks: str
    file: str
    was: str
    now: str
    behind: "Mutant | None" = None

    def broken(self, root: Path) -> Iterator[tuple[Path, str]]:
        """The files of the program below a folder that are other than there, as they are to be.

        Raises ValueError where a place is not there exactly once.
        """
        path = root / self.file
        text = path.read_text("utf-8")
        if text.count(self.was) != 1:
            raise ValueError(f"{self.name}: the place is not in {self.file} exactly once")
        yield path, text.replace(self.was, self.now)
        if self.behind is not None:
            assert self.behind.file != self.file, "two guards in one file are one text"
            yield from self.behind.broken(root)


MUTANTS = (
    Mutant(
        *("a page is thought applied before its rows are", "I1", "client/store/port.py"),
        "        count += yield from pages.take(writing, partition, answer, _USED_ROWS)\n        types",
        "        none = answer.model_copy(update={'frames': ()})\n"
        "        count += yield from pages.take(writing, partition, none, _USED_ROWS)\n        types",
    ),
    Mutant(
        *("the cursor runs ahead by one", "I2", "sync/server/pull.py"),
        'answer["cursor"] = partition.seq',
        'answer["cursor"] = partition.seq + (1 if request.cursor == partition.seq - 1 else 0)',
    ),
    Mutant(
        *("a repeated push is decided again", "I3", "sync/server/push.py"),
        "fresh = [item for item in batch.request.groups if item.q > state.last]",
        "fresh = list(batch.request.groups)",
    ),
    Mutant(
        *("a device leaves a number out", "I4", "client/store/outbox.py"),
        "    q = last + 1\n",
        "    q = last + (2 if len(records) > 2 else 1)\n",
    ),
    Mutant(
        *("the last to arrive wins", "I5", "sync/server/decide/fields.py"),
        "if base >= held.version(unit) or",
        "if held.type.name == 'score' or base >= held.version(unit) or",
    ),
    Mutant(
        *("a refused group is forgotten", "I5", "client/store/outbox.py"),
        '    run(f"INSERT INTO not_accepted',
        '    (lambda *_: None)(f"INSERT INTO not_accepted',
    ),
    Mutant(
        *("a copy takes another's outcomes for its own", "I5", "client/store/outbox.py"),
        "    if not known and not recovering(writing):\n",
        "    if False:\n",
    ),
    Mutant(
        *("what the disk refused is forgotten when the store is opened anew", "I5", "client/store/copyist.py"),
        "                wanted &= {*said.qs} - last.keys()\n",
        "                wanted.clear()\n",
    ),
    Mutant(
        *("whoever saves is not told that the copy is missing", "I5", "client/store/copyist.py"),
        'return cast("T", replace(result, uncopied=True))',
        "return result",
    ),
    Mutant(
        *("a store that has lost groups sends before they were read", "I5", "client/store/partitions.py"),
        "AND NOT EXISTS (SELECT 1 FROM meta WHERE key = 'recovering')\n",
        "",
    ),
    Mutant(
        *("numbers of lost groups are given again", "I5", "client/store/chain.py"),
        "writing.newest = (max([last, *lost]), chain)",
        "writing.newest = (last, chain)",
    ),
    Mutant(
        *("what its author did not want back is restored", "I5", "sync/server/recovery/restore.py"),
        "yield _Next(q, found, declined(q))",
        "yield _Next(q, found, found.item.group)",
    ),
    Mutant(
        *("what is no longer granted stays", "I7", "client/store/partitions.py"),
        "        end(writing, partition, held - wanted)\n",
        "",
    ),
    Mutant(
        *("an ended duty still reads", "I7", "sync/server/pull.py"),
        "reading = _reading(storage, connection, partition, request, granted.scopes)",
        "reading = _reading(storage, connection, partition, request, granted.scopes | set(request.loading))",
    ),
    Mutant(
        *("a pulled row covers an edit that waits", "I8", "client/store/pages.py"),
        "        rows = [row for row in rows if row[0] not in below]\n",
        "",
    ),
    Mutant(
        *("a pulled row covers an edit that waits, be it older or not", "I8", "client/store/pages.py"),
        "        rows = [row for row in rows if row[0] not in below]\n",
        "",
        Mutant(
            *("a row that is not newer is taken", "I10", "client/store/schema.py"),
            "WHERE excluded.ver >= {known.name}.ver",
            "WHERE true",
        ),
    ),
    Mutant(
        *("rows older than the held ones are taken", "I10", "client/store/schema.py"),
        "WHERE excluded.ver >= {known.name}.ver",
        "WHERE true",
    ),
    Mutant(
        *("the server's sums miss what is deleted", "I11", "sync/server/storage/records.py"),
        "        if not before.held.deleted:\n            rows.count",
        "        if not before.held.deleted and not held.deleted:\n            rows.count",
    ),
    Mutant(
        *("a copied store is not noticed by its chain", "I13", "sync/server/push.py"),
        "if chain is not None and chain != batch.request.chain:",
        "if False:",
    ),
    Mutant(
        *("a copied store is noticed neither by its chain nor by what it says", "I13", "sync/server/push.py"),
        '        raise forked(school, device, work.actor.user, "chain")\n'
        "    known = devices.results(connection, school, device, (q for q in numbers if q <= state.last))\n"
        "    if any(known[q].hash != hash_ for q, hash_ in zip(numbers, batch.hashes, strict=True) if q in known):\n"
        '        raise forked(school, device, work.actor.user, "content")\n',
        "        pass\n"
        "    known = devices.results(connection, school, device, (q for q in numbers if q <= state.last))\n",
    ),
    Mutant(
        *("a copied store forgets what waits", "I13", "client/store/recovery.py"),
        '    waiting = writing.run("SELECT q, rev, at, kind, item, before, ops FROM outbox ORDER BY q")',
        "    waiting = list[Any]()",
    ),
    Mutant(
        *("a file whose record leaves is not sent first", "I5", "client/store/file_upkeep.py"),
        "        if not writing.connection.execute(waits, (LEAVING, hash_)).rowcount:\n            drop_named",
        "        if True:\n            drop_named",
    ),
    Mutant(
        *("a file counts before its last piece", "I5", "client/store/carrying.py"),
        'INSERT OR IGNORE INTO blob (sha256, size, used) VALUES (?, ?, ?)"',
        'INSERT OR IGNORE INTO blob (sha256, size, used, whole) VALUES (?, ?, ?, 1)"',
    ),
    Mutant(
        *("what came with a record stays when that has gone", "I7", "client/store/file_upkeep.py"),
        "            stays = hash_ in seen\n",
        "            stays = True\n",
    ),
    Mutant(
        *("whoever knows a hash is given the file", "I7", "sync/server/storage/file_references.py"),
        '        rec_scope.c.scope.in_(bindparam("scopes", expanding=True)),\n',
        "",
    ),
    Mutant(
        *("files a restored server has lost are not sent again", "I5", "client/store/recovery.py"),
        "        file_upkeep.told_again(writing)\n",
        "",
    ),
    Mutant(
        *("a restored server is not told again", "I14", "client/store/recovery.py"),
        "        _tell_again(writing, cut)\n",
        "",
    ),
    Mutant(
        *("rows of a lost time are kept", "I14", "client/store/recovery.py"),
        "    _yield(writing, partition, cut)\n",
        "",
    ),
    Mutant(
        *("what was sent stays in the outbox", "I16", "client/store/outbox.py"),
        '    run("DELETE FROM outbox WHERE q = ?", [(row[-1],) for row in taken + refused])\n',
        '    run("DELETE FROM outbox WHERE q = ? AND ops < 3", [(row[-1],) for row in taken + refused])\n',
    ),
    Mutant(
        *("a record that left a scope stays", "I17", "client/store/pages.py"),
        "        leave(writing, partition, answer.out[start : start + most])\n",
        "",
    ),
    Mutant(
        *("one bad group stops all", "I18", "sync/server/decide/group.py"),
        "            return _failed(q, Outcome.REJECTED, marks, refused.code)\n",
        "            raise\n",
    ),
    Mutant(
        *("what is made and removed in one push stops all", "I18", "sync/server/storage/records.py"),
        "    if rows.sums:  # none",
        "    if rows.records:  # none",
    ),
    Mutant(
        *("what has left a scope set is still given in its chunk", "I7", "sync/server/storage/snapshots.py"),
        "& (rec_scope.c.inside.is_(False) | (record.c.place == 0))",
        "& (record.c.place < 0)",
    ),
    Mutant(
        *("a load with chunks merges from its first page on", "I1", "sync/server/sweep.py"),
        "            top = min(top, offer.base)\n",
        "",
    ),
    Mutant(
        *("a packed set is taken for the state of now", "I1", "sync/server/offers.py"),
        "            number: max(firsts[number]) - 1 if len(firsts[number]) == scopes[number] "
        "else self.partition.seq\n",
        "            number: self.partition.seq\n",
    ),
    Mutant(
        *("a change of grants starts a load anew", "I20", "client/store/partitions.py"),
        "    if load is not None and wanted.isdisjoint(load.names):",
        "    if load is not None:",
    ),
    Mutant(
        *("a killed load starts anew", "I20", "client/store/port.py"),
        '                writing.run("UPDATE partition SET load_next = ? WHERE id = ?", answer.next, partition)\n',
        "                pass\n",
    ),
    Mutant(
        *("what was said of a record that has gone stays", "I7", "client/store/purge.py"),
        '    for place, which in (("accepted", _AMONG), ("not_accepted", f"{_AMONG} AND dealt_with")):\n',
        "    for place, which in list[tuple[str, str]]():\n",
    ),
    Mutant(
        *("what the school takes after a purge stays", "I7", "client/store/outbox.py"),
        "    purge.answered(writing, told)\n",
        "",
    ),
    Mutant(
        *("what met a record of another class stays", "I7", "client/store/purge.py"),
        "_made_beyond(writing, among) | _made_elsewhere(writing, among)\n",
        "_made_beyond(writing, among)\n",
    ),
    Mutant(
        *("what met a record that is not here is not looked at again", "I7", "client/store/purge.py"),
        "fresh = _of_gone(writing, among) | _met_elsewhere(writing, outcomes, among)\n",
        "fresh = _of_gone(writing, among)\n",
    ),
    Mutant(
        *("an end is called confirmed that was not said", "I7", "sync/engine/run.py"),
        "            self.backend.purged(partition, PurgedRequest(epoch=epoch, scopes=scopes))\n",
        "            PurgedRequest(epoch=epoch, scopes=scopes)\n",
    ),
    Mutant(
        *("a restored server is not told again what has ended", "I7", "client/store/recovery.py"),
        "    tell_again(writing, partition)\n",
        "",
    ),
    Mutant(
        *("a group nobody has any more counts as heard", "I14", "sync/server/decide/group.py"),
        "    return _failed(q, Outcome.LOST, (), None)",
        "    return _failed(q, Outcome.SAME, (), None)",
    ),
    Mutant(
        *("an edit drops the fields its program does not know", "I12", "client/store/overlay.py"),
        '        row |= {"extra": text(extra)} if extra else {}\n',
        "",
    ),
    Mutant(
        *("records of a type not known yet are dropped at the pull", "I12", "client/store/pages.py"),
        "        _put_unknown(writing, type_, names, rows)\n",
        "        pass\n",
    ),
    Mutant(
        *("fields not known yet are dropped at the pull", "I12", "client/store/columns.py"),
        "                    extra[name] = value\n",
        "                    pass\n",
    ),
    Mutant(
        *("a newer program believes that its elder had seen all", "I12", "client/store/schema.py"),
        "                _not_above(connection, known, known.type.unit_of(field))\n",
        "                pass\n",
    ),
    Mutant(
        *("records kept for a newer program are not handed over", "I12", "client/store/schema.py"),
        "        put(connection, type_, fields, [(id_, ver, fields, fv, scope_set)])\n",
        "",
    ),
    Mutant(
        *("what is kept for the school is done as well", "I6", "sync/server/decide/group.py"),
        "        return _failed(q, Outcome.QUARANTINED, tuple(quarantined), None)\n",
        "        how = Outcome.QUARANTINED\n"
        "        return Decided(q, draft.world.seq, how, None, tuple(quarantined), draft.records, draft.past)\n",
    ),
    Mutant(
        *("what is kept for the school is done as well, and kept beside", "I6", "sync/server/decide/group.py"),
        "        return _failed(q, Outcome.QUARANTINED, tuple(quarantined), None)\n",
        "        how = Outcome.QUARANTINED\n"
        "        return Decided(q, draft.world.seq, how, None, tuple(quarantined), draft.records, draft.past)\n",
        Mutant(
            *("the late edit is added to what was done", "I6", "sync/server/decide/late.py"),
            "seq=world.seq, records={held.key: held for held in made}, past={held.key: [came] for held in made}",
            "seq=world.seq, records=failed.records | {held.key: held for held in made}, "
            "past=failed.past | {held.key: [came] for held in made}",
        ),
    ),
    Mutant(
        *("what is saved is shown only when the school has it", "I9", "client/store/outbox.py"),
        "    settle(writing, grounds, known)\n    writing.change([OUTBOX])\n    return Saved(",
        "    writing.change([OUTBOX])\n    return Saved(",
    ),
    Mutant(
        *("steps to undo are never forgotten", "I15", "client/store/undo.py"),
        '    writing.run("DELETE FROM undo WHERE screen = ? AND n <= ?", screen, top + 1 - DEPTH)\n',
        "",
    ),
    Mutant(
        *("what happened in sync is never forgotten", "I15", "client/store/sync_log.py"),
        '    writing.run("DELETE FROM sync_log WHERE n <= (SELECT max(n) FROM sync_log) - ?", _LOG_MAX)\n',
        "",
    ),
    Mutant(
        *("pages are kept when they have been applied", "I15", "client/store/partitions.py"),
        "        *(cursor, stamp(now), stamp(now), partition),\n    )\n"
        '    writing.run("DELETE FROM stage WHERE partition = ?", partition)\n',
        "        *(cursor, stamp(now), stamp(now), partition),\n    )\n",
    ),
)
