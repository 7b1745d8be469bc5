"""Recovery: what lies only in a sealed journal comes back through its author's decision, once, and to nobody else."""

import hashlib
import random
from dataclasses import dataclass, field
from datetime import timedelta

import orjson
import pytest
from sqlalchemy import select

from sync.engine.http import HttpBackend
from sync.engine.recovery import Recovery
from sync.protocol.backend import FilePart
from sync.protocol.digest import CHAIN_START, chain_next, group_hash
from sync.protocol.errors import BadRequest, FileDamaged, Forbidden, TooLarge
from sync.protocol.lease import LeaseRequest
from sync.protocol.messages import Create, Group, Item, Patch
from sync.protocol.outbox_key import outbox_key_of
from sync.protocol.recovery import SEGMENT_MAX, DeviceDecision, RecoveryAnswer, RecoveryRequest
from sync.protocol.signed import root_of
from sync.server.caller import Caller
from sync.server.push import sent
from sync.server.recovery.segments import sweep
from sync.server.storage.recovery import unrestored
from tests.kit.journals import Pen
from tests.sync.conformance.desk import Desk, Op
from tests.sync.conformance.ends import World

EVENING = "2026-11-19T23:{:02}:00.000Z"


@dataclass(slots=True)
class Lost:
    """A device of a teacher that keeps a journal, and its way to the school; and a newer one of the same teacher."""

    world: World
    name: str = "sato"
    caller: Caller = field(init=False)
    desk: Desk = field(init=False)
    pen: Pen = field(init=False)
    line: HttpBackend = field(init=False)
    recovery: Recovery = field(init=False)
    q: int = 0

    def __post_init__(self) -> None:
        place = self.world.place
        self.caller = place.enrol(self.world.school, self.name, "職員室PC 7")
        self.line = place.http(self.caller)
        document = self.line.lease(LeaseRequest()).keys
        key = outbox_key_of(document, root_of(document).thumbprint())
        assert key is not None
        self.pen = Pen(self.caller.user, self.caller.device, key)
        self.line.lease(LeaseRequest(stream=self.pen.told()))
        self.desk = Desk(self.world.connect(self.caller), self.world.school.school)
        self.desk.sync()
        self.recovery = Recovery(self.line)

    def item(self, *ops: Op, minute: int = 30, rev: int = 0) -> Item:
        """The next group of this device."""
        self.q += 1
        return Item(q=self.q, rev=rev, group=Group(at=EVENING.format(minute), kind="grades.score", ops=ops))

    def renamed(self, title: str, minute: int = 30) -> Item:
        """A group that names the evidence anew."""
        return self.item(self.desk.patch("evidence", self.world.school.evidence, title=title), minute=minute)

    def saved(self, *titles: str) -> list[Item]:
        """Groups that lie in the journal alone."""
        items = [self.renamed(title, minute) for minute, title in enumerate(titles, start=1)]
        self.pen.write(*items)
        return items

    def shown(self) -> RecoveryAnswer:
        """Bring the journal as it is and see what it holds."""
        self.recovery.bring([self.pen.data()])
        return self.recovery.shown()

    def decide(
        self, restore: tuple[int, ...] = (), decline: tuple[int, ...] = (), until: int | None = None
    ) -> list[str]:
        """The outcomes, in order."""
        wanted = DeviceDecision(device=self.caller.device, restore=restore, decline=decline, until=until)
        (told,) = self.recovery.decide(RecoveryRequest(devices=(wanted,))).devices
        return [one.outcome.value for one in told.outcomes]

    def title(self) -> str:
        """The evidence's title at the school, as another device of the teacher's sees it."""
        return str(self.world.desk(self.name).rows["evidence", self.world.school.evidence].fields["title"])


def places(shown: RecoveryAnswer) -> list[tuple[int, str | None, str | None]]:
    """Where something cannot be read: how much, and between which times."""
    return [(each.count, each.after, each.before) for each in shown.unread]


def emptied(item: Item) -> Item:
    """A group whose content its device may not hold any more."""
    return Item(q=item.q, rev=item.rev, group=item.group.model_copy(update={"ops": ()}), gone=group_hash(sent(item)))


@pytest.fixture
def lost(world: World) -> Lost:
    return Lost(world)


def test_what_lies_only_in_a_journal_is_shown_to_its_author_and_comes_back_once(lost: Lost) -> None:
    first, second = lost.saved("一", "二")
    shown = lost.shown()
    assert [(each.q, each.state, each.made) for each in shown.groups] == [
        (1, "unsent", EVENING.format(1)),
        (2, "unsent", EVENING.format(2)),
    ]
    assert [each.ops for each in shown.groups] == [first.group.ops, second.group.ops]
    (told,) = shown.devices
    assert (told.device, told.name, told.last, told.highest, told.lost) == (lost.caller.device, "職員室PC 7", 0, 2, ())
    assert (told.streams, shown.unread, shown.foreign) == ((str(lost.pen.stream),), (), 0)
    assert lost.decide(restore=(1, 2)) == ["applied", "conflict_kept"]  # the second was not made after the first
    assert lost.title() == "一"
    assert lost.decide(restore=(1, 2)) == []
    again = lost.shown()
    assert (again.groups, again.devices[0].last, again.devices[0].sent) == ((), 2, 2)


def test_what_was_restored_is_the_devices_own_push_and_its_numbers_go_on(lost: Lost) -> None:
    items = lost.saved("一")
    lost.shown()
    assert lost.decide(restore=(1,)) == ["applied"]
    chain = chain_next(CHAIN_START, group_hash(sent(items[0])))
    assert lost.recovery.shown().devices[0].chain == chain
    lost.desk.sync()
    assert lost.desk.outcomes[1].outcome == "applied"
    answer = lost.desk.push_items(
        [*items, lost.renamed("三")]
    )  # the store was not lost after all: what it says is known
    assert [one.outcome for one in answer.outcomes] == ["applied", "applied"]
    assert lost.title() == "三"


def test_what_its_author_does_not_want_is_kept_as_not_accepted_and_never_applied(lost: Lost) -> None:
    items = lost.saved("一", "二")
    before = lost.title()
    lost.shown()
    assert lost.decide(decline=(1, 2)) == ["rejected", "rejected"]
    assert lost.title() == before
    shown = lost.recovery.shown()
    assert [(each.q, each.state, each.code) for each in shown.groups] == [
        (1, "refused", "not_restored"),
        (2, "refused", "not_restored"),
    ]
    with lost.world.place.storage.database.reading() as connection:
        own = unrestored.c.device == lost.caller.device
        kept = connection.execute(select(unrestored.c.dseq, unrestored.c.user, unrestored.c.item).where(own)).all()
    assert sorted((q, user, orjson.loads(item)) for q, user, item in kept) == [
        (item.q, lost.caller.user, sent(item)) for item in items
    ]
    assert lost.decide(restore=(1, 2)) == []  # what was decided stays decided
    assert lost.title() == before


def test_some_come_back_and_some_do_not(lost: Lost) -> None:
    lost.saved("一", "二", "三")
    lost.shown()
    assert lost.decide(restore=(2,), decline=(1, 3)) == ["rejected", "applied", "rejected"]
    assert lost.title() == "二"


def test_a_group_nobody_has_named_waits_with_all_after_it(lost: Lost) -> None:
    lost.saved("一", "二", "三")
    lost.shown()
    assert lost.decide(restore=(1, 3)) == ["applied"]
    assert [each.q for each in lost.recovery.shown().groups] == [2, 3]
    assert lost.decide(restore=(2, 3), until=2) == ["conflict_kept"]
    assert [each.q for each in lost.recovery.shown().groups] == [3]


def test_a_number_nobody_knows_is_closed_and_the_gap_is_named_with_its_times(lost: Lost) -> None:
    lost.saved("一", "二", "三", "四")
    del lost.pen.records[2:4]
    shown = lost.shown()
    assert [each.q for each in shown.groups] == [1, 4]
    assert shown.devices[0].lost == (2, 3)
    assert places(shown) == [(2, EVENING.format(1), EVENING.format(4))]
    assert lost.decide(restore=(1, 4)) == ["applied", "lost", "lost", "conflict_kept"]
    assert lost.shown().devices[0].last == 4


def test_a_record_that_cannot_be_opened_is_named_and_closed(lost: Lost) -> None:
    lost.saved("一")
    key, lost.pen.key = lost.pen.key, lost.pen.key.model_copy(update={"kid": 1})
    lost.pen.write(lost.renamed("二", 2))
    lost.pen.key = key
    lost.pen.write(lost.renamed("三", 3))
    shown = lost.shown()
    assert [each.q for each in shown.groups] == [1, 3]
    assert places(shown) == [(1, EVENING.format(1), EVENING.format(3))]
    assert shown.devices[0].lost == (2,)


def test_the_last_revision_counts_and_what_was_taken_back_is_closed_without_a_word(lost: Lost) -> None:
    (first,) = lost.saved("一")
    patch = lost.desk.patch("evidence", lost.world.school.evidence, title="二")
    group = Group(at=EVENING.format(2), kind="grades.score", ops=(patch,))
    lost.pen.write(Item(q=1, rev=1, group=group), lost.renamed("三"))
    lost.pen.take_back(2)
    shown = lost.shown()
    assert [(each.q, each.ops) for each in shown.groups] == [(1, (patch,))]
    assert shown.devices[0].void == 1
    assert lost.decide(restore=(1,)) == ["applied", "same"]
    assert lost.title() == "二"
    assert first.rev == 0


def test_what_a_device_had_to_forget_comes_back_from_the_record_before(lost: Lost) -> None:
    first, second = lost.saved("一", "二")
    lost.pen.write(emptied(first), emptied(second))  # said again to a school set back, after a duty had ended
    assert [(each.q, each.ops) for each in lost.shown().groups] == [(1, first.group.ops), (2, second.group.ops)]
    assert lost.decide(restore=(1,), decline=(2,)) == ["applied", "rejected"]
    assert lost.title() == "一"


def test_what_a_device_had_to_forget_and_no_record_says_is_closed_as_lost(lost: Lost) -> None:
    lost.pen.write(emptied(lost.renamed("一")), lost.renamed("二"))
    shown = lost.shown()
    assert ([each.q for each in shown.groups], shown.devices[0].lost) == ([2], (1,))
    assert lost.decide(restore=(2,)) == ["lost", "applied"]
    assert lost.title() == "二"


def test_what_the_school_has_is_not_shown_again(lost: Lost) -> None:
    items = [lost.renamed("一"), lost.renamed("二")]
    lost.pen.write(*items)
    lost.desk.push_items(items[:1])
    shown = lost.shown()
    assert [each.q for each in shown.groups] == [2]
    assert (shown.devices[0].last, shown.devices[0].sent) == (1, 1)


def test_other_content_under_a_number_the_school_knows_is_shown_as_such(lost: Lost) -> None:
    (mine,) = lost.saved("一")
    lost.q = 0
    lost.desk.push_items([lost.renamed("二")])  # the store was rolled back and went on
    shown = lost.shown()
    assert [(each.q, each.state, each.ops) for each in shown.groups] == [(1, "other", mine.group.ops)]
    assert lost.decide(restore=(1,)) == []


def test_what_somebody_else_has_changed_meanwhile_becomes_a_conflict(lost: Lost) -> None:
    lost.saved("一")
    other = lost.world.desk("kato")
    other.push([other.patch("evidence", lost.world.school.evidence, title="別")])
    lost.shown()
    assert lost.decide(restore=(1,)) == ["conflict_kept"]
    assert lost.title() == "別"


def test_what_comes_after_a_duty_has_ended_waits_for_the_school_as_a_late_edit(world: World) -> None:
    lost = Lost(world, "kato")
    lost.saved("一")
    before = lost.world.desk("sato").rows["evidence", world.school.evidence].fields["title"]
    world.school.end_duty("kato.subject")
    lost.shown()
    assert lost.decide(restore=(1,)) == ["quarantined"]
    assert lost.world.desk("sato").rows["evidence", world.school.evidence].fields["title"] == before


def test_nobody_else_is_shown_a_journal_or_can_decide_about_it(lost: Lost) -> None:
    lost.saved("一", "二")
    other = Lost(lost.world, "kato")
    other.recovery.bring([lost.pen.data()])
    shown = other.recovery.shown()
    assert (shown.groups, shown.unread, shown.devices) == ((), (), ())
    assert shown.foreign == 3
    wanted = DeviceDecision(device=lost.caller.device, restore=(1, 2))
    assert other.recovery.decide(RecoveryRequest(devices=(wanted,))).devices == ()
    lost.recovery.bring([])
    assert lost.recovery.shown().groups == ()  # what kato brought is not sato's to see


def test_a_record_that_claims_to_be_another_users_or_devices_is_not_read(lost: Lost) -> None:
    other = Lost(lost.world, "kato")
    lost.pen.device = other.caller.device
    lost.saved("一")
    lost.pen.device, lost.pen.user = lost.caller.device, other.caller.user
    lost.pen.write(lost.renamed("二"))
    shown = lost.shown()
    assert (shown.groups, sum(each.count for each in shown.unread)) == ((), 2)
    assert {each.device for each in shown.devices} == {lost.caller.device}


def test_a_journal_nobody_has_told_of_is_not_read(lost: Lost) -> None:
    unknown = Pen(lost.caller.user, lost.caller.device, lost.pen.key)
    unknown.write(lost.renamed("一"))
    lost.recovery.bring([unknown.data()])
    shown = lost.recovery.shown()
    assert (shown.groups, shown.devices, shown.foreign) == ((), (), 2)


def test_the_segments_of_several_devices_are_read_together_in_any_order_and_twice(lost: Lost) -> None:
    second = Lost(lost.world)
    lost.saved("一", "二", "三")
    second.saved("四")
    half = len(lost.pen.data()) // 2  # in the midst of a record, as a torn file is
    data = lost.pen.data()
    second.recovery.bring([second.pen.data(), data[half:], data[:half], data, second.pen.data()])
    shown = second.recovery.shown()
    assert {(each.device, each.q) for each in shown.groups} == {
        *((lost.caller.device, q) for q in (1, 2, 3)),
        (second.caller.device, 1),
    }
    assert len(shown.segments) == 4


def test_whatever_bit_is_flipped_nothing_altered_is_shown_and_what_is_gone_is_named(lost: Lost) -> None:
    items = lost.saved("一", "二", "三")
    whole = {item.q: item.group.ops for item in items}
    data, chance = lost.pen.data(), random.Random(4)
    for _ in range(12):
        at = chance.randrange(len(data))
        torn = data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
        other = Lost(lost.world)
        other.caller = lost.caller  # the journal is sato's, whichever device brings it
        torn = torn[: chance.randrange(len(torn))] if chance.random() < 0.3 else torn
        other.recovery.bring([torn or b"\0"])
    shown = lost.recovery.shown()
    for each in shown.groups:
        assert whole[each.q] == each.ops


def test_segments_that_are_no_journal_are_refused_or_read_as_nothing(lost: Lost) -> None:
    lost.recovery.bring([b"KYJREC1\n" * 5_000, bytes(4_096), random.Random(1).randbytes(10_000)])
    shown = lost.recovery.shown()
    assert (shown.groups, shown.devices, shown.unread) == ((), (), ())
    name = hashlib.sha256(b"x").hexdigest()
    with pytest.raises(FileDamaged):
        lost.line.put(f"/v1/recovery/{name}", FilePart(name, 1, 0, b"y"))
    with pytest.raises(TooLarge):
        lost.line.put(f"/v1/recovery/{name}", FilePart(name, SEGMENT_MAX + 1, 0, b"y"))
    with pytest.raises(BadRequest):
        lost.line.put("/v1/recovery/x", FilePart("x", 1, 0, b"y"))


def test_a_broken_upload_goes_on_where_it_was(lost: Lost) -> None:
    lost.saved("一")
    data = lost.pen.data()
    name = hashlib.sha256(data).hexdigest()
    assert lost.line.put(f"/v1/recovery/{name}", FilePart(name, len(data), 0, data[:100])) == 100
    assert lost.line.put(f"/v1/recovery/{name}", FilePart(name, len(data), 50, data[50:])) == 100
    assert lost.recovery.shown().segments == ()
    assert [each.q for each in lost.shown().groups] == [1]


def test_what_was_brought_goes_after_thirty_days(lost: Lost) -> None:
    lost.saved("一")
    lost.shown()
    place = lost.world.place
    sweep(place.storage, place.clock.now + timedelta(days=29))
    assert len(lost.recovery.shown().segments) == 1
    sweep(place.storage, place.clock.now + timedelta(days=31))
    assert lost.recovery.shown().segments == ()


def test_nobody_without_a_session_asks(lost: Lost) -> None:
    other = Lost(lost.world, "kato")
    other.line.become(lost.caller.device)
    with pytest.raises(Forbidden):
        other.recovery.shown()


WRONG = (
    b"",
    b"null",
    b"[]",
    b"{",
    b"[" * 100_000,
    b'{"uid":1,"did":[]}',
    b'{"uid":"%s","did":"%s","q":2,"rev":0,"group":{"at":"x","kind":"test","ops":[]}}',
    b'{"uid":"%s","did":"%s","q":9007199254740993,"rev":0}',
    b'{"uid":"%s","did":"%s","q":2,"rev":-1,"group":{"at":"2026-11-19T23:30:00.000Z","kind":"a","ops":[]}}',
    b'{"uid":"%s","did":"%s","q":2,"rev":0,"group":{"at":"2026-11-19T23:30:00.000Z","kind":"a","ops":[{"do":"x"}]}}',
    b'{"uid":"%s","did":"%s","q":3,"rev":0,"group":{"at":"2026-11-19T23:30:00.000Z","kind":"a","ops":[]}}',
)


@pytest.mark.parametrize("body", WRONG, ids=range(len(WRONG)))
def test_what_a_device_signs_that_is_no_group_is_named_as_unread_and_closed(lost: Lost, body: bytes) -> None:
    lost.saved("一")
    whose = (lost.caller.user.encode(), lost.caller.device.encode())
    lost.pen.scrawl(2, body % whose if b"%s" in body else body)
    lost.q = 2
    lost.pen.write(lost.renamed("三", 3))
    shown = lost.shown()
    assert [each.q for each in shown.groups] == [1, 3]
    assert places(shown) == [(1, EVENING.format(1), EVENING.format(3))]
    assert lost.decide(restore=(1, 3)) == ["applied", "lost", "conflict_kept"]


def test_groups_the_school_cannot_take_are_refused_as_in_a_push_and_kept(lost: Lost) -> None:
    unknown = Create(type="nothing", id=lost.world.school.ids(), set={})
    outside = Patch(type="evidence", id=lost.world.school.ids(), set={"title": "題"}, base={"title": 0})
    items = [lost.item(unknown), lost.item(outside)]
    lost.pen.write(*items)
    assert len(lost.shown().groups) == 2
    assert lost.decide(restore=(1, 2)) == ["rejected", "rejected"]
    assert [(each.q, each.state, each.code) for each in lost.recovery.shown().groups] == [
        (1, "refused", "schema_unknown"),
        (2, "refused", "forbidden"),
    ]


def test_a_number_beyond_all_reason_is_not_counted_up_to(lost: Lost) -> None:
    lost.saved("一")
    lost.pen.scrawl(2**64 - 1, b"{}")
    shown = lost.shown()
    assert [each.q for each in shown.groups] == [1]
    assert shown.devices[0].highest == 100_000
    assert lost.decide(restore=(1,), until=1) == ["applied"]
