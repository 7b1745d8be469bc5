"""The promises of protocol.md 10 as checks: each holds a store and the server against what truly happened."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from client.workspace import Workspace
from sync.engine.rebase import Ground, Waiting, project
from sync.protocol.frames import Frame
from sync.records.conflict import ASSIGNED
from sync.records.versions import version_of
from tests.simulator.oracle import Change, Key, Truth, Version, hold
from tests.simulator.programs import ALL, OLD, Program
from tests.simulator.sight import TYPES as TYPES_HERE
from tests.simulator.sight import Sight

TAG = re.compile(r"<\d+>")
ITEMS = "SELECT item FROM outbox UNION ALL SELECT item FROM accepted UNION ALL SELECT item FROM not_accepted"
_GROWING = "SELECT count(*), NULL FROM sync_log UNION ALL SELECT count(*), screen FROM undo GROUP BY screen"


def prefix(truth: Truth, seen: Sight) -> None:
    """I1: what a store holds of a live scope is the server's state at its cursor, or newer where an answer said so.

    A record that is as it was when it was looked at last, here and at the server, is not looked at again.
    """
    if seen.cursor is None:
        return
    known = seen.known.prefix_of((truth.times, seen.live))
    for key, versions in truth.versions.items():
        ground = seen.ground.get(key)
        place = (min(seen.cursor, versions[-1].ver), len(versions), seen.sets.get(key))
        before = known.get(key)
        if before is None or before[0] is not ground or before[1] != place:
            _prefix_of(truth, seen, key, versions)
            known[key] = (ground, place)
    for key in seen.ground.keys() - truth.versions.keys():
        hold("I1", seen.ground[key].fields is None, f"{key} was never at the server")


def _prefix_of(truth: Truth, seen: Sight, key: Key, versions: list[Version]) -> None:
    assert seen.cursor is not None
    then, ground = truth.at(key, seen.cursor), seen.ground.get(key)
    held = ground is not None and ground.fields is not None
    if then is not None and then.fields is not None and not seen.live.isdisjoint(then.scopes):
        newer = ground is not None and ground.ver > seen.cursor
        hold("I1", held or newer or _left(versions, seen), lambda: f"{key} of {then.scopes} is missing")
    if not held or ground is None:
        return
    same = next((version for version in versions if version.ver == ground.ver), None)
    hold("I1", same is not None, f"{key} has version {ground.ver}, which never was")
    assert same is not None
    if same.fields is None and ground.ver > seen.cursor and seen.copied:
        return  # a copied store hears that its group made it, and not that the other copy's deleted it with that
    hold("I1", same.fields is not None, f"{key} is held at {ground.ver}, where it was deleted")
    _content(truth, key, seen, same.fields or {})
    live = not seen.live.isdisjoint(seen.sets.get(key, same.scopes))
    if live and then is not None:
        hold("I1", ground.ver >= then.ver, f"{key} is at {ground.ver}, at {seen.cursor} it was {then.ver}")


def _left(versions: Iterable[Version], seen: Sight) -> bool:
    """Whether a record has left what is live here since the cursor and up to the last page of a load that has come: a
    load of another scope may have said so before that scope's grant ended.
    """
    since = (version for version in versions if seen.cursor is not None and seen.cursor < version.ver <= seen.loaded)
    return any(version.fields is None or seen.live.isdisjoint(version.scopes) for version in since)


def _content(truth: Truth, key: Key, seen: Sight, was: Mapping[str, Any]) -> None:
    """A row that came with a pull is the server's; one an own push has raised is so unit by unit.

    A copied store hears that its first groups were applied, and not what the other copy has pushed with them: there a
    unit may still be as it was at the cursor. It learns so before it can say anything (I13). So it is with a
    unit an older program does not know: what its own push raises is the record, and no base of its can name that unit;
    the newer program must not believe that it has been seen (I12): it may have it as it was at any of the outcomes its
    elder has heard, under a version that says less than that.
    """
    ground, cursor = seen.ground[key], seen.cursor
    assert ground.fields is not None
    assert cursor is not None
    if ground.ver <= cursor:
        fields = ground.fields
        hold(
            *("I1", dict(was) == dict(fields)),
            lambda: f"{key} at {ground.ver}: held {_less(fields, was)}, was {_less(was, fields)}",
        )
        return
    for unit, names in ALL[key[0]].units.items():
        version, unknown = version_of(ground.fv, ground.ver, unit), not seen.program.knows(key[0], unit)
        told = [ASSIGNED] if (key[0], unit) == ("conflict", ASSIGNED) else names  # who asked, and when, the server says
        held = {name: ground.fields.get(name) for name in told}
        seqs = [version, cursor] if seen.copied or unknown else [version]
        if seen.late and not OLD.knows(key[0], unit):
            seqs += [each.ver for each in truth.versions[key] if cursor < each.ver <= ground.ver]
        found = [truth.at(key, seq) for seq in seqs]
        known = [{} if then is None or then.fields is None else then.fields for then in found]
        right = any(held == {name: values.get(name) for name in told} for values in known)
        hold("I12" if seen.late else "I1", right, f"{unit} of {key} at {version} is {held}")


def _less(fields: Any, others: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if others.get(name) != value}


def overlay(seen: Sight) -> None:
    """I8: what is shown is what the server says with the waiting edits on top; looked at where anything is new."""
    known = seen.known.overlay_of(seen.granted)
    for key in seen.ground.keys() | seen.waiting.keys():
        if key[0] in seen.program.types:
            continue
        ground, waiting = seen.ground.get(key), seen.waiting.get(key, [])
        shown, scopes = seen.visible.get(key), seen.sets.get(key)
        before = known.get(key)
        if before is None or before[0] is not ground or before[1] is not shown or before[2] != (waiting, scopes):
            _overlay_of(seen, key, ground, waiting)
            known[key] = (ground, shown, (waiting, scopes))


def _overlay_of(seen: Sight, key: Key, ground: Ground | None, waiting: list[Waiting]) -> None:
    shown = seen.visible.get(key)
    if ground is None:
        hold("I8", shown is None or waiting, f"{key} is shown out of nothing")
        return
    wanted = project(ALL[key[0]], ground, waiting)
    if wanted is not None and shown is None:
        scopes = seen.sets.get(key)
        hold("I8", scopes is None or seen.granted.isdisjoint(scopes), f"{key} is not shown")
        return
    hold("I8", (wanted is None) == (shown is None), lambda: f"{key}: {wanted} is shown as {shown}")
    if wanted is not None and shown is not None:
        right = dict(wanted.fields) == dict(shown.fields)
        hold("I8", right, lambda: f"{key}: {wanted.fields} is shown as {shown.fields}")
        hold("I8", dict(wanted.own) == dict(shown.own), lambda: f"{key} waits for {wanted.own}, it says {shown.own}")


def authority(seen: Sight) -> None:
    """I7: no row is held none of whose scopes is granted."""
    for key, scopes in seen.sets.items():
        hold("I7", not seen.granted.isdisjoint(scopes), f"{key} of {scopes} is held without a grant")


def erased(truth: Truth, seen: Sight, about: Mapping[str, Key]) -> None:
    """I7: of a record that has gone out of sight nothing is left in what was said of it, but what still waits.

    One that was deleted in sight and is made anew elsewhere is another: what was said of it goes with the duty it was
    said under.
    """
    for tag in set(TAG.findall(seen.said)) - set(TAG.findall(seen.own)):
        key = about.get(tag)
        then = None if key is None or seen.cursor is None else truth.at(key, seen.cursor)
        if then is None or then.fields is None or key is None or key in seen.waiting or not truth.told(key, tag):
            continue
        if seen.granted.isdisjoint(truth.graves(key, tag)):
            hold("I7", not seen.granted.isdisjoint(then.scopes), f"{tag} of {key} in {then.scopes} is still kept")


def end_told(seen: Sight, confirmed: frozenset[str]) -> None:
    """I7: when all is quiet, the school knows of every scope that has ended here."""
    hold("I7", set(seen.ended.values()) <= {"told"}, f"not told: {seen.ended}")
    hold("I7", confirmed >= seen.ended.keys(), f"not on record: {seen.ended.keys() - confirmed}")


def answer_authority(allowed: frozenset[str], frames: Iterable[Frame]) -> None:
    """I7: no row without a valid grant is in an answer."""
    for frame in frames:
        hold("I7", not allowed.isdisjoint(frame.scopes), f"rows of {frame.type} in {frame.scopes} were sent")


def none_has_left(truth: Truth, frames: Iterable[Frame]) -> None:
    """I7: no row of a chunk has been deleted, or has left a scope it was packed in, when the chunk is given."""
    for frame in frames:
        for row in frame.rows:
            now = truth.now((frame.type, row[0]))
            gone = now is not None and (now.fields is None or not set(frame.scopes) <= set(now.scopes))
            hold("I7", not gone, f"{frame.type} {row[0]} of {frame.scopes} was given, it is {now}")


def seen_before_overwritten(truth: Truth, new: Iterable[Change]) -> None:
    """I5: a value is only replaced by an edit whose author had seen it; a merge keeps both."""
    for change in new:
        group = truth.groups.get((change.device, change.q))
        asked = (change.key[0], change.unit) == ("conflict", ASSIGNED)  # of two who are asked the later is
        if group is None or change.unit.startswith("@") or change.outcome != "applied" or asked:
            continue
        ops = [op for op in group["group"]["ops"] if (op["type"], op["id"]) == change.key]
        bases = [_base(truth, change, op) for op in ops]
        kept = change.was == change.seq or any(base >= change.was for base in bases) or not ops
        hold("I5", kept, f"{change} overwrites version {change.was}, its author had seen {bases}")


def _base(truth: Truth, change: Change, op: Mapping[str, Any]) -> int:
    base = op["base"].get(change.unit, 0) if op["do"] == "patch" else 0
    if isinstance(base, str):
        result = truth.results.get((change.device, int(base[1:])))
        return 0 if result is None else result[2]
    return base


def nothing_lost(
    truth: Truth, texts: Iterable[tuple[Key, str]], workspace: Workspace, apart: str | None = None
) -> None:
    """I5: each text that was saved here waits, or is or was with the school, or is kept as not accepted.

    apart: what the school keeps of groups that did not come back, where a store was lost; it keeps late edits, too.
    """
    kept = workspace.rows("SELECT item FROM outbox UNION ALL SELECT item FROM not_accepted")
    if apart is not None:
        late = (str(truth.groups.get(place)) for place, told in truth.results.items() if told[1] == "quarantined")
        kept = [*kept, (apart,), *((wire,) for wire in late)]
    for key, tag in texts:
        hold("I5", truth.told(key, tag) or any(tag in item for (item,) in kept), f"{tag} of {key} is nowhere")


def loss_told(truth: Truth, unsaid: Iterable[tuple[Key, str]], workspace: Workspace) -> None:
    """I14: what could not be told again is not lost in silence, unless another copy of the store has told it."""
    lost = {place for place in unsaid if not truth.told(*place)}
    told = workspace.rows("SELECT 1 FROM not_accepted WHERE outcome = 'lost' AND kind <> 'void'")
    hold("I14", told or not lost, lambda: f"nobody was told that {lost} are lost")


def all_or_nothing(truth: Truth) -> None:
    """I6: a group that was refused has changed nothing, but that it is kept for the school."""
    for told, (_, outcome, _) in truth.results.items():
        if outcome in ("rejected", "quarantined"):
            made = [c for c in truth.changes if (c.device, c.q) == told and c.key[0] in TYPES_HERE]
            hold("I6", not made, f"refused group {told} changed {made}")


def once(truth: Truth) -> None:
    """I3: no sentence of a text that several write has come twice, on whatever ways it came."""
    for key in truth.versions:
        now = truth.now(key)
        tags = TAG.findall(str(now.fields.get("text"))) if now is not None and now.fields is not None else []
        hold("I3", len(tags) == len(set(tags)), f"{key} has {tags}")


def complete(truth: Truth, seen: Sight) -> None:
    """I17: when all is quiet, exactly the records in a granted scope are held."""
    for key in truth.versions:
        now = truth.now(key)
        assert now is not None
        mine = now.fields is not None and not seen.granted.isdisjoint(now.scopes)
        ground = seen.ground.get(key)
        hold("I17", (ground is not None and ground.fields is not None) == mine, f"{key} in {now.scopes}")


def shown(workspace: Workspace, key: Key, tag: str) -> None:
    """I9: what was just saved is what the screen reads."""
    rows = workspace.rows(f'SELECT * FROM "{key[0]}" WHERE id = ?', (key[1],))
    hold("I9", any(isinstance(value, str) and tag in value for row in rows for value in tuple(row)), f"{tag} of {key}")


def contiguous(workspace: Workspace) -> None:
    """I4: a device's numbers have no hole above those the school has closed when a store had lost some."""
    rows = workspace.rows("SELECT q FROM outbox UNION SELECT q FROM accepted UNION SELECT q FROM not_accepted")
    closed = sum(int(q) for (q,) in workspace.rows("SELECT value FROM meta WHERE key = 'forgotten'"))
    numbers = sorted(q for (q,) in rows if q > closed)
    hold("I4", numbers == list(range(closed + 1, closed + len(numbers) + 1)), f"numbers {numbers} above {closed}")


def same_sums(workspace: Workspace) -> None:
    """I11: where rows are the same, a comparison finds nothing."""
    found = workspace.rows("SELECT facts FROM sync_log WHERE what = 'E-3305'")
    hold("I11", not found, lambda: f"sums differed: {[row[0] for row in found]}")


def all_forgotten(workspace: Workspace) -> None:
    """I7, I15: when all is quiet nothing waits to be forgotten, and no page to be applied."""
    hold("I7", not workspace.rows("SELECT 1 FROM meta WHERE key = 'beyond'"), "what an ended duty said is still kept")
    said = "SELECT q FROM accepted WHERE json_array_length(item, '$.group.ops')"
    left = workspace.rows(f"SELECT 1 FROM merged WHERE q NOT IN ({said})")
    hold("I7", not left, "it is told with whom a group was merged whose content has ended")
    ((count,),) = workspace.rows("SELECT count(*) FROM stage")
    hold("I15", count == 0, f"{count} rows in stage")


def bounded(workspace: Workspace, program: Program) -> None:
    """I15: what grows has a limit."""
    for count, screen in workspace.rows(_GROWING):
        most = program.log if screen is None else program.undo
        hold("I15", count <= most, f"{count} of {screen or 'the log'} are kept")
