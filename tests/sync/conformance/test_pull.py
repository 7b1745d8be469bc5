"""What a pull promises, whatever the storage and whichever end of the wire."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.protocol.errors import BadRequest, CursorTooOld, DeviceForked, EpochChanged, Forbidden
from sync.protocol.messages import NIL_DEVICE, Create, Delete, PullAnswer, PullRequest
from tests.sync.conformance.desk import Desk
from tests.sync.conformance.ends import World
from tests.sync.server.tiny import BOARD, CLASS, MATH, OTHER, PREF, Tiny, creates, partition_seq

ONE_WORLD = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_a_fresh_store_learns_its_grants_first_and_alone_then_loads_exactly_them(world: World) -> None:
    desk = world.desk("sato")
    assert {"all", f"class:{CLASS}", f"lesson:{MATH}", f"roster:{CLASS}"} <= desk.scopes
    assert not any(OTHER in scope for scope in desk.scopes)
    assert {id_ for type_, id_ in desk.rows if type_ == "pupil"} == set(world.school.pupils)
    assert desk.live == desk.scopes


def test_nothing_new_is_said_in_few_words(world: World) -> None:
    desk = world.desk("sato")
    answer = desk.ask()
    assert answer == PullAnswer(epoch=desk.epoch, cursor=partition_seq(world.school))


def test_a_colleagues_change_comes_with_the_next_pull_whole_and_with_its_field_versions(world: World) -> None:
    sato, kato = world.desk("sato"), world.desk("kato")
    pupil = world.school.pupils[0]
    world.school.edit(world.school.new_score(pupil, state="scored", value=8000, note="途中式もよい"))
    sato.sync()
    made = sato.ver("score", world.school.score(pupil))
    assert sato.push([sato.patch("score", world.school.score(pupil), note="よい")])[0].outcome == "applied"
    kato.sync()
    row = kato.rows["score", world.school.score(pupil)]
    assert (row.fields["value"], row.fields["note"]) == (8000, "よい")
    assert row.fv == {"state": made}
    assert row.ver == partition_seq(world.school)


@ONE_WORLD
@given(size=st.integers(1, 40), page=st.integers(1, 60), changes=st.integers(0, 6))
def test_pages_of_any_size_give_the_same_rows_also_while_others_push(
    world: World, size: int, page: int, changes: int
) -> None:
    school = world.place.new_school()
    marks = _marks(school, size)
    whole = world.desk_of(school, "sato")
    reader, writer = world.unloaded(school, "sato"), world.desk_of(school, "sato")
    while reader.ask().grants is not None:
        pass
    loading = dict.fromkeys(reader.scopes, 0)
    next_, step = None, 0
    while True:
        answer = reader.page(PullRequest(epoch=reader.epoch, grants=reader.hash, loading=loading, next=next_, max=page))
        count = sum(len(frame.rows) for frame in answer.frames) + len(answer.deleted) + len(answer.out)
        assert count <= page
        if step < changes:
            mark = marks[(step * 7) % len(marks)]
            if step % 3 == 2 and (mark.type, mark.id) in writer.rows:
                writer.push([Delete(type=mark.type, id=mark.id, base=writer.ver(mark.type, mark.id))])
            elif (mark.type, mark.id) in writer.rows:
                writer.push([writer.patch(mark.type, mark.id, mark=("LATE", "EARLY")[step % 2])])
            writer.sync()
            step += 1
        next_ = answer.next
        if next_ is None:
            break
    reader.live, reader.cursor = set(reader.scopes), answer.cursor
    if changes == 0:
        assert reader.rows == whole.rows
    with_late_changes = dict(reader.rows)
    writer.sync()
    reader.sync()
    assert reader.rows == writer.rows
    assert with_late_changes.keys() >= reader.rows.keys()
    assert reader.computed_sums() == reader.told_sums()


@ONE_WORLD
@given(page=st.integers(1, 9), size=st.integers(2, 25))
def test_what_changed_comes_in_pages_of_any_size_and_each_record_once(world: World, page: int, size: int) -> None:
    school = world.place.new_school()
    desk, writer = world.desk_of(school, "sato"), world.desk_of(school, "sato")
    marks = _marks(school, size)
    writer.sync()
    gone = marks[::3]
    writer.push([Delete(type=op.type, id=op.id, base=writer.ver(op.type, op.id)) for op in gone])
    before = desk.pages
    desk.sync(page)
    assert desk.pages - before >= size // page
    assert {key for key in desk.rows if key[0] == "attendance"} == {(op.type, op.id) for op in marks if op not in gone}
    assert desk.computed_sums() == desk.told_sums()


def test_a_record_in_two_held_scopes_comes_once(world: World) -> None:
    world.school.edit(world.school.new_grade(world.school.pupils[0], "A"))
    desk = world.desk("sato")
    row = desk.rows["viewpoint_grade", world.school.grade(world.school.pupils[0])]
    assert set(row.scopes) == {f"grades:{CLASS}", f"lesson:{MATH}"}
    assert desk.scopes >= set(row.scopes)


def test_a_next_continues_only_the_request_it_came_from(world: World) -> None:
    creates(world.school, (world.school.new_grade(pupil, "A") for pupil in world.school.pupils))
    desk, other = world.desk("sato"), world.desk("kato")
    request = PullRequest(epoch=desk.epoch, grants=desk.hash, loading=dict.fromkeys(desk.scopes, 0), max=2)
    next_ = desk.page(request).next
    assert next_ is not None
    assert desk.page(request.model_copy(update={"next": next_})).frames
    for wrong in (
        {"next": next_[:-2]},
        {"next": "AAAA"},
        {"next": "%"},
        {"next": next_, "loading": dict.fromkeys(list(desk.scopes)[:-1], 0)},
        {"next": next_, "cursor": 1},
    ):
        with pytest.raises(BadRequest):
            desk.page(request.model_copy(update=wrong))
    theirs = PullRequest(
        epoch=other.epoch, grants=other.hash, loading=dict.fromkeys(other.scopes, 0), next=next_, max=2
    )
    with pytest.raises(BadRequest):
        other.page(theirs)


def test_scopes_that_are_not_asked_for_are_not_sent(world: World) -> None:
    desk = world.unloaded(world.school, "sato")
    desk.ask()
    answer = desk.page(
        PullRequest(
            epoch=desk.epoch,
            grants=desk.hash,
            loading=dict.fromkeys(desk.scopes) | {f"roster:{CLASS}": 0, f"roster:{OTHER}": 0},
        )
    )
    assert {frame.type for frame in answer.frames} == {"pupil", "membership"}
    assert world.school.guest not in {id_ for _, id_ in desk.rows}
    assert answer.cursor == partition_seq(world.school)


def test_a_deleted_record_leaves_and_does_not_come_with_a_load(world: World) -> None:
    desk, writer = world.desk("sato"), world.desk("sato")
    pupil = world.school.pupils[0]
    writer.push([world.school.new_grade(pupil, "B")])
    desk.sync()
    key = ("viewpoint_grade", world.school.grade(pupil))
    assert key in desk.rows
    writer.sync()
    assert writer.push([Delete(type=key[0], id=key[1], base=writer.ver(*key))])[0].outcome == "applied"
    desk.sync()
    assert key not in desk.rows
    assert desk.gone[key] == partition_seq(world.school)
    assert key not in world.desk("sato").rows


def test_a_duty_that_ends_takes_its_scopes_away_at_the_next_request(world: World) -> None:
    desk = world.desk("ito")
    assert any(type_ == "pupil" for type_, _ in desk.rows)
    world.school.end_duty("ito.homeroom")
    answer = desk.ask()
    assert answer.grants is not None
    assert not any(OTHER in grant.scope for grant in answer.grants.rows)
    assert not any(type_ == "pupil" for type_, _ in desk.rows)
    desk.sync()
    assert desk.scopes == {
        "all",
        f"inbox:{world.school.people['ito'].staff}",
        f"staff:{world.school.people['ito'].staff}",
    }


def test_a_grant_is_valid_on_both_its_days_in_japan_and_on_no_other(world: World) -> None:
    clock = world.place.clock
    world.school.make(
        "duty",
        staff=world.school.people["ito"].staff,
        role="homeroom",
        target_kind="class",
        target=CLASS,
        from_="2026-11-21",
        to="2026-11-21",
    )
    desk = world.desk("ito")
    assert f"class:{CLASS}" not in desk.scopes
    try:
        clock.pass_(hours=15, minutes=28)  # one minute to midnight in Japan
        desk.sync()
        assert f"class:{CLASS}" not in desk.scopes
        clock.pass_(minutes=1)
        desk.sync()
        assert f"class:{CLASS}" in desk.scopes
        clock.pass_(days=1)
        desk.sync()
        assert f"class:{CLASS}" not in desk.scopes
    finally:
        clock.pass_(days=-1, hours=-15, minutes=-29)


def test_board_and_prefecture_are_read_by_every_member_of_staff_and_by_nobody_elses_school(world: World) -> None:
    caller = world.place.enrol(world.school, "ito", "PC")
    backend = world.connect(caller)
    shared = Desk(backend, PREF)
    shared.sync()
    assert shared.scopes == {"all"}
    assert {type_ for type_, _ in shared.rows} == {"subject"}
    Desk(backend, BOARD).sync()
    other = world.place.new_school()
    for foreign in (other.school, NIL_DEVICE):
        with pytest.raises(Forbidden):
            Desk(backend, foreign).ask()


def test_the_epoch_and_the_cursor_are_checked(world: World) -> None:
    desk = world.desk("sato")
    seq = partition_seq(world.school)
    with pytest.raises(EpochChanged) as changed:
        desk.page(PullRequest(epoch=NIL_DEVICE, cursor=1, grants=desk.hash))
    assert changed.value.facts == {"epoch": desk.epoch, "seq": 0}
    with pytest.raises(CursorTooOld):
        desk.page(PullRequest(epoch=desk.epoch, cursor=seq + 1, grants=desk.hash))
    with pytest.raises(BadRequest):
        desk.page(PullRequest(epoch=None, cursor=1, grants=desk.hash))


def test_a_chain_that_is_not_this_stores_is_a_fork(world: World) -> None:
    desk = world.desk("sato")
    desk.push([], [])
    asked = PullRequest(epoch=desk.epoch, cursor=desk.cursor, grants=desk.hash)
    assert desk.page(asked.model_copy(update={"ack": (2, desk.chain)})).cursor is not None
    for ack in ((2, "f" * 32), (1, desk.chain), (0, desk.chain), (3, desk.chain)):
        with pytest.raises(DeviceForked):
            desk.page(asked.model_copy(update={"ack": ack}))


def test_outcomes_whose_answer_was_lost_come_with_the_next_pull(world: World) -> None:
    desk = world.desk("sato")
    pupil = world.school.pupils[0]
    told = desk.push([world.school.new_grade(pupil, "A")], [], [Create(type="nonsense", id=pupil, set={})])
    answer = desk.page(PullRequest(epoch=desk.epoch, cursor=desk.cursor, grants=desk.hash))
    assert list(answer.outcomes) == told
    chain = desk.chains[1]
    later = desk.page(PullRequest(epoch=desk.epoch, cursor=desk.cursor, grants=desk.hash, ack=(1, chain)))
    assert list(later.outcomes) == told[1:]


def test_sums_are_those_of_the_rows_and_come_with_what_changed(world: World) -> None:
    creates(world.school, (world.school.new_grade(pupil, "A") for pupil in world.school.pupils))
    desk = world.desk("sato")
    told = desk.ask(sums=True).sums
    assert told == desk.computed_sums()
    assert {"II", "III"} <= {class_ for classes in told.values() for class_ in classes}
    desk.push([desk.patch("viewpoint_grade", world.school.grade(world.school.pupils[0]), value="C")])
    desk.sums = {}
    desk.sync()
    assert desk.sums.keys() == {f"grades:{CLASS}", f"lesson:{MATH}"}
    assert desk.sums == {scope: sums for scope, sums in desk.computed_sums().items() if scope in desk.sums}


def _marks(school: Tiny, count: int) -> list[Create]:
    """Attendance marks of three pupils on many days."""
    marks = [
        Create(
            type="attendance",
            id=school.key("attendance", pupil=school.pupils[i % 3], date=f"2026-{4 + i // 81:02}-{1 + i // 3 % 27:02}"),
            set={
                "pupil": school.pupils[i % 3],
                "date": f"2026-{4 + i // 81:02}-{1 + i // 3 % 27:02}",
                "@classes": [CLASS],
                "mark": "ABSENT_SICK",
            },
        )
        for i in range(count)
    ]
    creates(school, marks)
    return marks
