"""What happens in one step: people type, undo and decide, duties and classes change, programs end, requests arrive."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from client.store.errors import StillWaiting
from client.syncing.rules import class_of
from client.workspace import InvalidEdit, Put, Remove, Settle, UndoRefused
from sync.protocol.messages import Patch
from sync.records.blobs import file_set
from sync.records.conflict import ASSIGNED
from sync.records.registry import TYPES
from tests.kit.village import TERM
from tests.simulator import losses
from tests.simulator.attached import seen_files
from tests.simulator.device import Device
from tests.simulator.oracle import Key
from tests.simulator.steps import Step
from tests.simulator.town import CLASSES, GRADE, LESSONS, MOVING
from tests.simulator.wire import quietly
from tests.simulator.world import SCREEN, World

DEVICES_MAX, BACKUPS_MAX = 7, 2
_MADE: Final = "title LIKE '<%'"
"""Evidence of the day itself, which nothing else refers to."""


def _lesson(device: Device, step: Step) -> str | None:
    """One of the lessons this teacher's screens show."""
    live = device.workspace.scopes()
    shown = [lesson for lesson in LESSONS if live.get(f"lesson:{lesson}") == "live"]
    return shown[step.a % len(shown)] if shown else None


def _id(world: World, type_: str, fields: dict[str, Any]) -> str:
    found = TYPES[type_].id_for(world.town.school, fields)
    assert found is not None
    return found


def _score(world: World, device: Device, place: tuple[str, int], more: dict[str, Any]) -> tuple[Key, Put]:
    """Something new in the score of the n-th pupil in a lesson."""
    lesson, pupil = place
    part = world.town.lesson_parts[lesson][0]
    cell = {"evidence_part": part, "pupil": world.town.pupils[pupil % 4], "@lesson": lesson}
    id_ = _id(world, "score", cell)
    there = device.workspace.rows("SELECT 1 FROM score WHERE id = ?", (id_,))
    return ("score", id_), Put("score", cell | ({} if there else {"state": "pending"}) | more)


def note(world: World, device: Device, step: Step) -> None:
    """A note on one score."""
    lesson = _lesson(device, step)
    if lesson is not None:
        tag = world.tag()
        key, put = _score(world, device, (lesson, step.b), {"note": tag})
        world.edit(device, "score", [put], [(key, tag)])


def points(world: World, device: Device, step: Step) -> None:
    """Points, a unit of two fields."""
    lesson = _lesson(device, step)
    if lesson is not None:
        _, put = _score(world, device, (lesson, step.b), {"state": "scored", "value": step.c * 10})
        world.edit(device, "score", [put], [])


def paste(world: World, device: Device, step: Step) -> None:
    """Three notes in one group."""
    lesson = _lesson(device, step)
    if lesson is not None:
        tag = world.tag()
        puts = [_score(world, device, (lesson, step.b + n), {"note": tag}) for n in range(3)]
        world.edit(device, "paste", [put for _, put in puts], [(key, tag) for key, _ in puts])


def remark(world: World, device: Device, step: Step) -> None:
    """A sentence more, or another one, in a text two people write."""
    lesson = _lesson(device, step)
    if lesson is None:
        return
    class_, _, subject = lesson.rpartition(":")
    route = {"@class": class_, "@lesson": lesson, "box": f"s.{subject}", "term": TERM}
    fields = route | {"pupil": world.town.pupils[step.b % 2]}
    key = ("remark", _id(world, "remark", fields))
    rows = device.workspace.rows("SELECT text FROM remark WHERE id = ?", key[1:])
    sentences = [each for each in (rows[0][0] or "").split("。") if each] if rows else []
    tag = world.tag()
    place = step.c % (len(sentences) + 1)
    replaced = step.c % 4 == 0 and place < len(sentences)
    sentences[place : place + replaced] = [f"よい{tag}"]
    text = "".join(f"{each}。" for each in sentences[:12])
    if tag in text:
        world.edit(device, "remark", [Put("remark", fields | {"text": text})], [(key, tag)])


def title(world: World, device: Device, step: Step) -> None:
    """New evidence, or another title."""
    lesson = _lesson(device, step)
    if lesson is None:
        return
    tag = world.tag()
    sql = f'SELECT id FROM evidence WHERE "@lesson" = ? AND {_MADE} ORDER BY id'
    found = device.workspace.rows(sql, (lesson,))
    if found and step.c % 3:
        put = Put("evidence", {"title": tag}, id=found[step.b % len(found)][0])
    else:
        fields = {"@lesson": lesson, "course": lesson, "term": TERM, "kind": "test", "title": tag}
        put = Put("evidence", fields, id=world.town.ids())
    assert put.id is not None
    world.edit(device, "evidence", [put], [(("evidence", put.id), tag)])


def drop(world: World, device: Device, step: Step) -> None:
    """Evidence is removed."""
    found = device.workspace.rows(f"SELECT id FROM evidence WHERE {_MADE} ORDER BY id")
    if found:
        world.edit(device, "evidence", [Remove("evidence", found[step.b % len(found)][0])], [])


def letter(world: World, device: Device, step: Step) -> None:
    """A grade of one viewpoint."""
    lesson = _lesson(device, step)
    if lesson is not None:
        cell = {"pupil": world.town.pupils[step.b % 4], "course": lesson, "term": TERM, "viewpoint": "know"}
        route = {"@class": lesson.rpartition(":")[0]}
        put = Put("viewpoint_grade", cell | route | {"value": "ABC"[step.c % 3], "basis": "manual"})
        world.edit(device, "grade", [put], [])


def attach(world: World, device: Device, step: Step) -> None:
    """A notice with a file, for all staff or for a grade."""
    if "live" not in device.workspace.scopes().values():
        return  # it has been signed in anew, and has no window yet
    tag = world.tag()
    data = f"%PDF {tag} ".encode() * (1 + step.b % 400)
    blob = device.workspace.files.attach(data, "application/pdf")
    world.files[blob.sha256] = data
    author = world.town.teachers[device.teacher].staff
    fields = {"author": author, "title": tag, "body": "本文", "files": file_set([blob])}
    graded = step.a % 2 and device.workspace.scopes().get(f"grade:{GRADE}") == "live"
    put = Put("notice", fields | ({"grade": GRADE} if graded else {}), id=world.town.ids())
    assert put.id is not None
    world.edit(device, "notice", [put], [(("notice", put.id), tag)])


def detach(world: World, device: Device, step: Step) -> None:
    """An own notice loses its files, or goes."""
    author = world.town.teachers[device.teacher].staff
    found = device.workspace.rows("SELECT id FROM notice WHERE author = ? ORDER BY id", (author,))
    if found:
        id_ = found[step.b % len(found)][0]
        edit = Remove("notice", id_) if step.c % 3 == 0 else Put("notice", {"files": None}, id=id_)
        world.edit(device, "notice", [edit], [])


def fetch(_world: World, device: Device, _step: Step) -> None:
    """Somebody looks at all notices."""
    device.workspace.files.want(seen_files(device.workspace))


def undo(_world: World, device: Device, _step: Step) -> None:
    """The last step is taken back."""
    _turn(device, device.workspace.undo)


def redo(_world: World, device: Device, _step: Step) -> None:
    """What was taken back is done again."""
    _turn(device, device.workspace.redo)


def _turn(device: Device, turn: Callable[[str], Any]) -> None:
    waiting = dict(map(tuple, device.workspace.rows("SELECT q, item FROM outbox")))
    try:
        turn(SCREEN)
    except (UndoRefused, InvalidEdit):
        return
    voids = [q for (q,) in device.workspace.rows("SELECT q FROM outbox WHERE kind = 'void'")]
    taken_back = "".join(waiting.get(q, "") for q in voids)
    device.saved = [(key, tag) for key, tag in device.saved if tag not in taken_back]


def settle(_world: World, device: Device, step: Step) -> None:
    """A difference is decided."""
    found = device.workspace.conflicts()
    if found:
        choice = "current" if step.b % 2 else "incoming"
        try:
            device.workspace.settle([Settle(found[step.a % len(found)].id, choice, None)])
        except InvalidEdit:
            return


def give(world: World, device: Device, step: Step) -> None:
    """A colleague, allowed to or not, is asked to settle a difference, or nobody is any more."""
    found = device.workspace.conflicts()
    if found:
        whom = (None, *(teacher.staff for teacher in world.town.teachers))[step.b % 4]
        unit = {ASSIGNED: whom, "by": None if whom is None else world.town.teachers[device.teacher].staff}
        world.edit(device, "conflict", [Put("conflict", unit, id=found[step.a % len(found)].id)], [])


def again(_world: World, device: Device, step: Step) -> None:
    """What was refused is sent once more, or let go."""
    found = device.workspace.not_accepted()
    if found:
        q = found[step.a % len(found)].q
        try:
            if step.b % 2:
                device.workspace.resend(q)
                return
            ((item,),) = device.workspace.rows("SELECT item FROM not_accepted WHERE q = ?", (q,))
            device.workspace.withdraw(q)
            device.saved = [(key, tag) for key, tag in device.saved if tag not in item]
        except InvalidEdit:
            return


def sync(world: World, device: Device, step: Step) -> None:
    """One round over the network of this step."""
    world.sync(device, step.fates)


def server(world: World, _device: Device, step: Step) -> None:
    """The server itself changes a record."""
    found = sorted(key for key in world.truth.versions if key[0] == "score" and world.truth.stands(key))
    if found:
        _, id_ = found[step.a % len(found)]
        world.town.change(Patch(type="score", id=id_, set={"note": world.tag()}, base={"note": 2**53}))
        world.truth.look()


def duty(world: World, _device: Device, step: Step) -> None:
    """A duty is given or taken away."""
    which = MOVING[step.a % len(MOVING)]
    if world.town.held[which] is None:
        world.town.give(which)
    else:
        world.town.take(which)
    world.truth.look()


def move(world: World, _device: Device, step: Step) -> None:
    """A pupil changes classes."""
    classes = ([CLASSES[0]], [CLASSES[1]], list(CLASSES))[step.b % 3]
    world.town.move(step.a % 4, classes)
    world.truth.look()


def time(world: World, _device: Device, step: Step) -> None:
    """Some time goes by."""
    world.town.clock.pass_(minutes=step.a % 50)


def reopen(world: World, device: Device, _step: Step) -> None:
    """The program is closed and opened, and is the newest from then on."""
    world.renew(device)
    world.reopen(device)


def arrive(world: World, _device: Device, step: Step) -> None:
    """A request its sender has long given up reaches the server after all."""
    if world.letters:
        quietly(world.letters.pop(step.a % len(world.letters)).deliver)
        world.truth.look()


def clone(world: World, device: Device, _step: Step) -> None:
    """A PC is copied."""
    if len(world.devices) < DEVICES_MAX:
        world.clone(device)


def backup(world: World, _device: Device, _step: Step) -> None:
    """The server's data is copied."""
    if len(world.backups) < BACKUPS_MAX:
        world.back_up()


def restore(world: World, _device: Device, step: Step) -> None:
    """The server is set back to a copy."""
    if world.backups:
        world.restore(world.backups[step.a % len(world.backups)])


def damage(world: World, device: Device, step: Step) -> None:
    """A row is wrong by a fault of the program, or gone; a comparison finds and mends it."""
    found = device.workspace.rows("SELECT id FROM score WHERE own IS NULL ORDER BY id")
    if found:
        world.damage(device, found[step.a % len(found)][0], step.b % 3)


def away(_world: World, device: Device, step: Step) -> None:
    """A class's or lesson's part is put away from a device, or wanted back; while anything waits it stays. What belongs
    to no class is never put away: anybody may write there at any time.
    """
    holdings = device.workspace.holdings
    gone, here = sorted(holdings.away()), sorted(filter(class_of, device.workspace.scopes()))
    if gone and step.b % 2:
        holdings.bring_back([gone[step.a % len(gone)]])
    elif here:
        with suppress(StillWaiting):
            holdings.put_away([here[step.a % len(here)]])


Deed = Callable[[World, Device, Step], None]

DEEDS: Final[dict[str, Deed]] = {
    deed.__name__: deed
    for deed in (
        *(note, points, paste, remark, title, drop, letter, attach, detach, fetch, undo, redo, settle, give, again),
        *(sync, server, duty, move, time, reopen, arrive, clone, backup, restore, damage, away),
        *(losses.aside, losses.lose, losses.recover, losses.full),
    )
}
"""Every kind of step."""
