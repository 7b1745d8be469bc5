"""What a push promises: one final outcome for each group, exactly once, whatever is repeated."""

import pytest

from sync.protocol.digest import CHAIN_START
from sync.protocol.errors import DeviceForked, EpochChanged, Forbidden, SeqGap
from sync.protocol.messages import NIL_DEVICE, Create, Delete, Group, Item, Outcome, Patch, PushRequest
from tests.sync.conformance.desk import MADE, Desk
from tests.sync.conformance.ends import World
from tests.sync.server.tiny import CLASS, MATH, OTHER, PREF, TERM, partition_seq

NOBODY = "018f0000-0000-7000-8000-0000000000ff"


def test_a_new_record_is_applied_with_one_seq_and_seen_by_its_author_and_colleagues(world: World) -> None:
    sato, kato = world.desk("sato"), world.desk("kato")
    before = partition_seq(world.school)
    told = sato.push(*([world.school.new_grade(pupil, "A")] for pupil in world.school.pupils))
    assert [(one.outcome, one.seq, one.ops) for one in told] == [("applied", before + 1, ())] * 3
    kato.sync()
    row = kato.rows["viewpoint_grade", world.school.grade(world.school.pupils[0])]
    assert (row.ver, row.fields["value"], row.fv) == (before + 1, "A", {})
    sato.sync()
    assert sato.rows[row.type, row.id] == row, "one's own edits come back as everybody sees them"


def test_the_same_value_again_changes_nothing_and_takes_no_seq(world: World) -> None:
    sato, kato = world.desk("sato"), world.desk("kato")
    pupil = world.school.pupils[0]
    sato.push([world.school.new_grade(pupil, "A")])
    seq = partition_seq(world.school)
    outcome = kato.push([world.school.new_grade(pupil, "A")])[0]
    assert outcome.model_dump(exclude_none=True) == {
        "q": 1,
        "outcome": "same",
        "ops": ((0, "value", "same", None),),
        "merged": (),
    }
    assert partition_seq(world.school) == seq
    assert kato.rows["viewpoint_grade", world.school.grade(pupil)].ver == seq, "the row comes with the answer"


def test_a_void_group_is_counted_and_does_nothing(world: World) -> None:
    desk = world.desk("sato")
    seq = partition_seq(world.school)
    assert [one.outcome for one in desk.push([], [])] == ["same", "same"]
    assert partition_seq(world.school) == seq
    assert [one.outcome for one in desk.push([world.school.new_grade(world.school.pupils[0], "A")])] == ["applied"]


def test_other_fields_of_one_record_changed_by_two_people_both_stand(world: World) -> None:
    pupil = world.school.pupils[0]
    world.school.edit(world.school.new_score(pupil, state="pending"))
    sato, kato = world.desk("sato"), world.desk("kato")
    id_ = world.school.score(pupil)
    assert sato.push([sato.patch("score", id_, state="scored", value=9000)])[0].outcome == "applied"
    assert kato.push([kato.patch("score", id_, note="見直し")])[0].outcome == "applied"
    kato.sync()
    fields = kato.rows["score", id_].fields
    assert (fields["state"], fields["value"], fields["note"]) == ("scored", 9000, "見直し")


def test_one_field_changed_by_two_people_keeps_both_values_in_a_conflict(world: World) -> None:
    pupil = world.school.pupils[0]
    world.school.edit(world.school.new_score(pupil, state="pending"))
    id_ = world.school.score(pupil)
    sato, kato = world.desk("sato", "職員室PC 3"), world.desk("kato", "貸出PC 12")
    sato.push([sato.patch("score", id_, state="scored", value=7800)])
    told = kato.push([kato.patch("score", id_, state="scored", value=7000), kato_note(kato, id_)])[0]
    assert (told.outcome, told.seq) == ("conflict_kept", partition_seq(world.school))
    ((op, unit, outcome, conflict),) = told.ops
    assert (op, unit, outcome) == (0, "state", "conflict_kept")
    row = kato.rows["score", id_]
    assert (row.fields["value"], row.fields["note"]) == (7800, "後で"), "the server's value stays, the note is taken"
    kept = kato.rows["conflict", conflict]
    assert kept.scopes == row.scopes
    stamp = "2026-11-19T23:31:00.000Z"
    assert kept.fields == {
        "target_type": "score",
        "target": id_,
        "unit": "state",
        "device": kept.fields["device"],
        "q": 1,
        "@lesson": MATH,
        "base": {"state": "pending"},
        "current": {
            "value": {"state": "scored", "value": 7800},
            "by": world.school.people["sato"].staff,
            "device": "職員室PC 3",
            "at": stamp,
            "made": MADE,
        },
        "incoming": {
            "value": {"state": "scored", "value": 7000},
            "by": world.school.people["kato"].staff,
            "device": "貸出PC 12",
            "at": stamp,
            "made": MADE,
        },
        "state": "open",
    }
    sato.sync()
    kato.sync()
    assert sato.conflicts() == kato.conflicts() == [kept]
    assert sato.computed_sums() == sato.told_sums()


def kato_note(desk: Desk, id_: str) -> Patch:
    """Another unit of the same record in the same group."""
    return desk.patch("score", id_, note="後で")


@pytest.mark.parametrize("choice", ["current", "incoming", "other"])
def test_a_conflict_is_closed_by_the_edit_that_names_it(world: World, choice: str) -> None:
    sato, kato, id_ = _conflicted(world)
    conflict = kato.conflicts()[0]
    values = {"current": {}, "incoming": {"value": "C"}, "other": {"value": "B"}}[choice]
    if choice == "current":
        op = Patch(type="viewpoint_grade", id=id_, set={}, base={}, resolves=(conflict.id,))
    else:
        op = kato.patch("viewpoint_grade", id_, resolves=(conflict.id,), **values)
    assert kato.push([op])[0].outcome == "applied"
    sato.sync()
    closed = sato.rows["conflict", conflict.id].fields
    assert (closed["state"], closed["choice"]) == ("resolved", choice)
    assert closed["resolved_by"] == world.school.people["kato"].staff
    assert sato.rows["viewpoint_grade", id_].fields["value"] == values.get("value", "A")
    assert sato.conflicts() == []
    assert closed["current"] == conflict.fields["current"]
    assert closed["incoming"] == conflict.fields["incoming"], "both values stay for ever"


def test_two_people_who_resolve_differently_make_a_new_conflict_and_lose_nothing(world: World) -> None:
    sato, kato, id_ = _conflicted(world)
    sato.sync()
    first = kato.conflicts()[0]
    kato.push([kato.patch("viewpoint_grade", id_, resolves=(first.id,), value="B")])
    told = sato.push([sato.patch("viewpoint_grade", id_, resolves=(first.id,), value="C")])[0]
    assert told.outcome == "conflict_kept"
    sato.sync()
    assert sato.rows["viewpoint_grade", id_].fields["value"] == "B"
    (second,) = sato.conflicts()
    assert second.fields["incoming"]["value"]["value"] == "C"


def test_a_conflict_of_another_record_cannot_be_closed(world: World) -> None:
    _, kato, _ = _conflicted(world)
    conflict = kato.conflicts()[0]
    elsewhere = world.school.new_grade(world.school.pupils[1], "A").model_copy(update={"resolves": (conflict.id,)})
    told = kato.push([elsewhere])[0]
    assert (told.outcome, told.code, told.ops) == ("rejected", "invalid", ((0, "resolves"),))
    assert world.school.grade(world.school.pupils[1]) not in {row.id for row in kato.rows.values()}


def test_remarks_changed_in_different_sentences_are_merged_and_touching_ones_conflict(world: World) -> None:
    pupil = world.school.pupils[0]
    text = "毎日よく話を聞きます。計算が速くなりました。係の仕事も続けました。"
    world.school.edit(world.school.new_remark(pupil, text))
    one, two, three = world.desk("sato"), world.desk("sato"), world.desk("sato")
    id_ = world.school.remark(pupil)
    first = text.replace("毎日よく話を聞きます。", "毎日、友だちの話をよく聞きます。")
    second = text.replace("係の仕事も続けました。", "係の仕事を最後まで続けました。")
    assert one.push([one.patch("remark", id_, text=first)])[0].outcome == "applied"
    merged = two.push([two.patch("remark", id_, text=second)])[0]
    assert (merged.outcome, merged.ops) == ("merged", ((0, "text", "merged", None),))
    both = "毎日、友だちの話をよく聞きます。計算が速くなりました。係の仕事を最後まで続けました。"
    assert two.rows["remark", id_].fields["text"] == both
    third = text.replace("毎日よく話を聞きます。", "話を聞く態度がりっぱです。")
    assert three.push([three.patch("remark", id_, text=third)])[0].outcome == "conflict_kept"
    (conflict,) = three.conflicts()
    assert conflict.fields["base"] == {"text": text}
    assert conflict.fields["current"]["value"] == {"text": both}
    assert conflict.fields["incoming"]["value"] == {"text": third}


def test_a_merged_remark_wants_to_be_read_again(world: World) -> None:
    pupil = world.school.pupils[0]
    world.school.edit(world.school.new_remark(pupil, "一。二。三。"))
    one, two = world.desk("sato"), world.desk("sato")
    id_ = world.school.remark(pupil)
    done = one.push([one.patch("remark", id_, text="一、いち。二。三。"), one.patch("remark", id_, done=True)])[0]
    assert done.outcome == "applied"
    one.sync()
    fields = one.rows["remark", id_].fields
    assert (fields["done"], fields["by"]) == (True, world.school.people["sato"].staff)
    assert fields["at"] == "2026-11-19T23:31:00.000Z", "the server says who and when"
    assert two.push([two.patch("remark", id_, text="一。二。三、さん。")])[0].outcome == "merged"
    row = two.rows["remark", id_].fields
    assert row["text"] == "一、いち。二。三、さん。"
    assert "done" not in row
    assert "by" not in row


def test_a_day_taken_by_two_people_is_taken_once_and_the_first_stays_named(world: World) -> None:
    day = {"class": CLASS, "date": "2026-11-20", "taken": True}
    id_ = world.school.key("attendance_day", **day)
    sato, vice = world.desk("sato"), world.desk("vice")
    assert sato.push([Create(type="attendance_day", id=id_, set=day)])[0].outcome == "applied"
    world.place.clock.pass_(minutes=5)
    assert vice.push([Create(type="attendance_day", id=id_, set=day)])[0].outcome == "same"
    world.place.clock.pass_(minutes=-5)
    fields = vice.rows["attendance_day", id_].fields
    assert (fields["by"], fields["at"]) == (world.school.people["sato"].staff, "2026-11-19T23:31:00.000Z")


def test_deleting_what_somebody_has_changed_keeps_the_record_and_asks(world: World) -> None:
    sato, kato = world.desk("sato"), world.desk("kato")
    id_ = world.school.evidence
    kato_base = kato.ver("evidence", id_)
    sato.push([sato.patch("evidence", id_, title="わり算2")])
    told = kato.push([Delete(type="evidence", id=id_, base=kato_base)])[0]
    assert (told.outcome, told.ops[0][1]) == ("conflict_kept", "@record")
    assert kato.rows["evidence", id_].fields["title"] == "わり算2"
    (conflict,) = kato.conflicts()
    assert conflict.fields["incoming"]["value"] is None
    assert conflict.fields["current"]["value"]["title"] == "わり算2"
    gone = Delete(type="evidence", id=id_, base=kato.ver("evidence", id_), resolves=(conflict.id,))
    assert kato.push([gone])[0].outcome == "applied"
    sato.sync()
    assert ("evidence", id_) not in sato.rows
    assert sato.rows["conflict", conflict.id].fields["choice"] == "incoming"


def test_changing_what_somebody_has_deleted_keeps_the_change_and_asks(world: World) -> None:
    sato, kato = world.desk("sato"), world.desk("kato")
    id_ = world.school.evidence
    shown = kato.rows["evidence", id_].fields
    change = kato.patch("evidence", id_, title="わり算3")
    assert sato.push([Delete(type="evidence", id=id_, base=sato.ver("evidence", id_))])[0].outcome == "applied"
    again = Delete(type="evidence", id=id_, base=1)
    assert sato.push([again])[0].ops == ((0, "@record", "same", None),)
    told = kato.push([change])[0]
    assert (told.outcome, told.ops[0][1]) == ("conflict_kept", "@record")
    kato.sync()
    assert ("evidence", id_) not in kato.rows
    (conflict,) = kato.conflicts()
    assert conflict.fields["incoming"]["value"] == {"title": "わり算3"}
    assert conflict.fields["current"]["by"] == world.school.people["sato"].staff
    back = conflict.fields["base"] | conflict.fields["incoming"]["value"]
    assert kato.push([Create(type="evidence", id=id_, set=back, resolves=(conflict.id,))])[0].outcome == "applied"
    sato.sync()
    assert sato.rows["evidence", id_].fields == shown | {"title": "わり算3"}
    assert sato.rows["conflict", conflict.id].fields["choice"] == "incoming"


def test_an_edit_may_stand_on_the_devices_own_edit_before_it(world: World) -> None:
    pupil = world.school.pupils[0]
    desk = world.desk("sato")
    id_ = world.school.grade(pupil)
    whole = {"value": "B", "basis": "manual", "proposed": None, "reason": None, "unrated": None, "rule_version": None}
    on_first = Patch(type="viewpoint_grade", id=id_, set=whole, base={"value": "q1"})
    told = desk.push([world.school.new_grade(pupil, "A")], [on_first])
    assert [one.outcome for one in told] == ["applied", "applied"]
    later = Patch(type="viewpoint_grade", id=id_, set=whole | {"value": "C"}, base={"value": "q2"})
    assert desk.push([later])[0].outcome == "applied", "also when that edit went out with an earlier push"
    gone = Delete(type="viewpoint_grade", id=id_, base="q3")
    assert desk.push([gone])[0].outcome == "applied"


def test_a_record_made_and_removed_in_one_push_was_there_and_is_gone(world: World) -> None:
    desk = world.desk("sato")
    id_ = world.school.ids()
    fields = {"@lesson": MATH, "course": MATH, "term": TERM, "kind": "test", "title": "小テスト"}
    made = Create(type="evidence", id=id_, set=fields)
    told = desk.push([made], [Delete(type="evidence", id=id_, base="q1")])
    assert [one.outcome for one in told] == ["applied", "applied"]
    desk.sync()
    assert ("evidence", id_) not in desk.rows
    assert desk.told_sums() == desk.computed_sums()


def test_an_edit_that_stands_on_one_that_lost_keeps_both_values(world: World) -> None:
    sato, kato, id_ = _conflicted(world)
    whole = {"value": "B", "basis": "manual", "proposed": None, "reason": None, "unrated": None, "rule_version": None}
    told = kato.push([Patch(type="viewpoint_grade", id=id_, set=whole, base={"value": f"q{kato.q}"})])[0]
    assert told.outcome == "conflict_kept"
    sato.sync()
    assert {row.fields["incoming"]["value"]["value"] for row in sato.conflicts()} == {"B", "C"}
    assert sato.rows["viewpoint_grade", id_].fields["value"] == "A"


def test_an_edit_of_a_record_whose_making_was_refused_says_that_it_is_missing(world: World) -> None:
    desk = world.desk("sato")
    pupil = world.school.pupils[0]
    id_ = world.school.grade(pupil)
    bad = world.school.new_grade(pupil, "Z")
    told = desk.push([bad], [Patch(type="viewpoint_grade", id=id_, set={}, base={"value": "q1"})])
    assert [(one.outcome, one.code) for one in told] == [("rejected", "invalid"), ("rejected", "parent_missing")]


def test_a_group_is_all_or_nothing_and_holds_up_nobody(world: World) -> None:
    desk = world.desk("sato")
    first, second, third = world.school.pupils
    told = desk.push(
        [world.school.new_grade(first, "A"), world.school.new_grade(second, "Z")],
        [world.school.new_grade(third, "C")],
    )
    assert [(one.outcome, one.code, one.ops) for one in told] == [
        ("rejected", "invalid", ((1, "value"),)),
        ("applied", None, ()),
    ]
    desk.sync()
    assert {row.id for row in desk.rows.values() if row.type == "viewpoint_grade"} == {world.school.grade(third)}


def test_each_reason_to_reject_has_its_own_name(world: World) -> None:
    desk = world.desk("sato")
    school = world.school
    pupil = school.pupils[0]
    good = school.new_grade(pupil, "A")
    wrong_id = good.model_copy(update={"id": NOBODY})
    v4 = Create(
        type="evidence",
        id="9f1b0d61-0a5e-4c0c-8f57-111111111111",
        set={"@lesson": MATH, "course": MATH, "term": TERM, "title": "x", "kind": "test"},
    )
    elsewhere = school.new_grade(school.guest, "A")
    foreign = {"pupil": school.guest, "date": "2026-11-20", "@classes": [OTHER], "mark": "LATE"}
    orphan = {"evidence": NOBODY, "viewpoint": "know", "@lesson": MATH, "max": 1, "weight": 1}
    told = desk.push(
        [Create(type="nonsense", id=NOBODY, set={})],
        [good.model_copy(update={"set": good.set | {"later": 1}})],
        [wrong_id],
        [v4],
        [elsewhere],
        [Create(type="attendance", id=school.key("attendance", **foreign), set=foreign)],
        [Create(type="evidence_part", id=school.key("evidence_part", **orphan), set=orphan)],
        [Patch(type="pupil", id=pupil, set={"call": "さん"}, base={"call": 1})],
        [Patch(type="score", id=NOBODY, set={}, base={})],
        [Delete(type="score", id=NOBODY, base=3)],
        [Patch(type="evidence", id=school.evidence, set={"title": "x"}, base={})],
        [Patch(type="evidence", id=school.evidence, set={"course": None}, base={"course": 1})],
        [Patch(type="evidence", id=school.evidence, set={"@lesson": MATH}, base={})],
    )
    assert [(one.code, one.ops) for one in told] == [
        ("schema_unknown", ((0, None),)),
        ("schema_unknown", ((0, "later"),)),
        ("invalid", ((0, "id"),)),
        ("invalid", ((0, "id"),)),
        ("invalid", ((0, "course"), (0, "@class"))),
        ("forbidden", ((0, None),)),
        ("parent_missing", ((0, "evidence"),)),
        ("forbidden", ((0, None),)),
        ("forbidden", ((0, None),)),
        ("forbidden", ((0, None),)),
        ("invalid", ((0, "title"),)),
        ("invalid", ((0, "course"),)),
        ("invalid", ((0, "@lesson"),)),
    ]
    assert all(one.outcome == "rejected" for one in told)


def test_a_sealed_year_takes_no_edit(world: World) -> None:
    desk = world.desk("sato")
    year = world.school.key("school_year", year=2026)
    seal = Patch(type="school_year", id=year, set={"sealed": True}, base={"sealed": partition_seq(world.school)})
    assert world.school.edit(seal).outcome == "applied"
    told = desk.push(
        [world.school.new_grade(world.school.pupils[0], "A")],
        [desk.patch("evidence", world.school.evidence, title="x")],
        [Delete(type="evidence", id=world.school.evidence, base=desk.ver("evidence", world.school.evidence))],
    )
    assert [(one.outcome, one.code) for one in told] == [("rejected", "period_closed")] * 3


def test_an_edit_whose_grant_has_ended_is_quarantined_and_shown_to_no_colleague(world: World) -> None:
    ito, sato = world.desk("ito"), world.desk("sato")
    mark = {"pupil": world.school.guest, "date": "2026-11-20", "@classes": [OTHER], "mark": "LATE"}
    op = Create(type="attendance", id=world.school.key("attendance", **mark), set=mark)
    seq_before = partition_seq(world.school)
    world.school.end_duty("ito.homeroom")
    told = ito.push([op], [world.school.new_grade(world.school.pupils[0], "A")])
    assert [(one.outcome, one.code, one.ops) for one in told] == [
        ("quarantined", None, ((0, None),)),
        ("rejected", "forbidden", ((0, None),)),
    ]
    assert partition_seq(world.school) == seq_before + 2
    assert sato.ask().frames == ()


def test_a_grant_that_has_not_begun_forbids(world: World) -> None:
    world.school.make(
        "duty",
        staff=world.school.people["ito"].staff,
        role="homeroom",
        target_kind="class",
        target=CLASS,
        from_="2026-11-21",
    )
    desk = world.desk("ito")
    mark = {"pupil": world.school.pupils[0], "date": "2026-11-20", "@classes": [CLASS], "mark": "LATE"}
    told = desk.push([Create(type="attendance", id=world.school.key("attendance", **mark), set=mark)])[0]
    assert (told.outcome, told.code) == ("rejected", "forbidden")


def test_what_a_push_changed_is_all_in_the_devices_own_ops_or_in_the_answer(world: World) -> None:
    _, kato, grade = _conflicted(world)
    kato.sync()
    (conflict,) = (row.id for row in kato.conflicts())
    settled = kato.patch("viewpoint_grade", grade, value="B", resolves=(conflict,))
    items = _items(kato, [[settled], [world.school.new_grade(world.school.pupils[1], "B")]], first=2)
    kato.q, cursor, rows = 3, kato.cursor, dict(kato.rows)
    answer = kato.push_items(items)
    assert (answer.since, answer.cursor, answer.grants) == (cursor, partition_seq(world.school), kato.hash)
    told = {key for key, row in kato.rows.items() if rows.get(key) != row}
    assert told == {("conflict", conflict)}, "the server's own change comes with the answer"
    own = {(op.type, op.id) for item in items for op in item.group.ops}
    assert {(frame.type, row[0]) for frame in kato.ask().frames for row in frame.rows} == own | told


def test_a_push_after_another_devices_push_says_from_where_it_tells_all(world: World) -> None:
    sato, kato = world.desk("sato"), world.desk("kato")
    sato.push([world.school.new_grade(world.school.pupils[0], "A")])
    item = _items(kato, [[world.school.new_grade(world.school.pupils[1], "B")]], first=1)
    kato.q = 1
    answer = kato.push_items(item)
    assert kato.cursor is not None
    assert (answer.since, answer.cursor) == (kato.cursor + 1, kato.cursor + 2)


def test_the_servers_word_on_who_and_when_comes_with_the_answer(world: World) -> None:
    sato = world.desk("sato")
    day = {"class": CLASS, "date": "2026-11-20", "taken": True}
    key = ("attendance_day", world.school.key("attendance_day", **day))
    sato.push([Create(type=key[0], id=key[1], set=day)])
    assert sato.rows[key].fields["by"] == world.school.people["sato"].staff


def test_a_push_repeated_in_any_part_has_its_first_outcomes_and_no_second_effect(world: World) -> None:
    sato, kato, _ = _conflicted(world)
    items = _items(kato, [[world.school.new_grade(pupil, "B")] for pupil in world.school.pupils[1:]], first=2)
    chain = kato.chain
    kato.q = 3
    first = kato.push_items(items)
    seq = partition_seq(world.school)
    kato.chain = chain
    assert kato.push_items(items) == first.model_copy(update={"since": seq}), "nothing has changed since"
    kato.chain = chain
    more = [*items, *_items(kato, [[]], first=4)]
    kato.q = 4
    again = kato.push_items(more)
    assert again.outcomes[:2] == first.outcomes
    assert (again.last, again.outcomes[2].outcome) == (4, "same")
    assert partition_seq(world.school) == seq
    sato.sync()
    assert len(sato.conflicts()) == 1


def test_the_answer_to_a_repeat_carries_the_rows_again(world: World) -> None:
    _, kato, id_ = _conflicted(world)
    item = Item(
        q=1, rev=0, group=Group(at=MADE, kind="test.edit", ops=(world.school.new_grade(world.school.pupils[0], "C"),))
    )
    answer = kato.backend.push(
        world.school.school, PushRequest(epoch=str(kato.epoch), chain=CHAIN_START, groups=(item,))
    )
    assert answer.outcomes[0].outcome == "conflict_kept"
    assert {frame.type for frame in answer.frames} == {"viewpoint_grade", "conflict"}
    assert id_ in {row[0] for frame in answer.frames for row in frame.rows}


def test_gaps_forks_and_epochs_are_told_apart_and_write_nothing(world: World) -> None:
    desk = world.desk("sato")
    desk.push([world.school.new_grade(world.school.pupils[0], "A")], [])
    seq = partition_seq(world.school)
    op = world.school.new_grade(world.school.pupils[1], "A")

    def ask(chain: str, *qs: int, epoch: str | None = None) -> None:
        groups = tuple(Item(q=q, rev=0, group=Group(at=MADE, kind="x", ops=(op,))) for q in qs)
        request = PushRequest(epoch=epoch or str(desk.epoch), chain=chain, groups=groups)
        desk.backend.push(world.school.school, request)

    for qs, expected in (((4,), 3), ((3, 5), 4), ((5, 6), 3)):
        with pytest.raises(SeqGap) as gap:
            ask(desk.chain, *qs)
        assert gap.value.facts["expected"] == expected
    with pytest.raises(DeviceForked):
        ask("f" * 32, 3)
    with pytest.raises(DeviceForked):
        ask(desk.chains[1], 2, 3)
    with pytest.raises(EpochChanged):
        ask(desk.chain, 3, epoch=NIL_DEVICE)
    assert partition_seq(world.school) == seq


def test_nobody_pushes_to_another_partition_than_the_devices_school(world: World) -> None:
    desk = world.desk("sato")
    other = world.place.new_school()
    item = Item(q=1, rev=0, group=Group(at=MADE, kind="void", ops=()))
    for partition in (PREF, other.school, NIL_DEVICE):
        with pytest.raises(Forbidden):
            desk.backend.push(partition, PushRequest(epoch=str(desk.epoch), chain=CHAIN_START, groups=(item,)))


def test_an_answer_never_shows_a_row_its_reader_holds_no_scope_of(world: World) -> None:
    ito = world.desk("ito")
    world.school.edit(world.school.new_grade(world.school.pupils[0], "A"))
    op = world.school.new_grade(world.school.pupils[0], "C")
    answer = ito.push_items([Item(q=1, rev=0, group=Group(at=MADE, kind="x", ops=(op,)))])
    assert answer.outcomes[0].outcome == Outcome.REJECTED
    assert answer.frames == ()


def test_absent_and_not_granted_get_the_same_answer(world: World) -> None:
    ito = world.desk("ito")
    school = world.school
    school.edit(school.new_grade(school.pupils[0], "A"))
    whole = {"value": "C", "basis": "manual", "proposed": None, "reason": None, "unrated": None, "rule_version": None}
    told = ito.push(
        *(
            [Patch(type="viewpoint_grade", id=school.grade(pupil), set=whole, base={"value": 1})]
            for pupil in school.pupils
        ),
        *([Delete(type="viewpoint_grade", id=school.grade(pupil), base=1)] for pupil in school.pupils),
        *([school.new_grade(pupil, "C")] for pupil in school.pupils),
    )
    assert {(one.outcome, one.code, one.ops) for one in told} == {("rejected", "forbidden", ((0, None),))}


def test_wait_answers_when_somebody_pushes_and_when_the_time_is_up(world: World) -> None:
    sato, kato = world.desk("sato"), world.desk("kato")
    seq = partition_seq(world.school)
    quiet = sato.backend.wait(world.school.school, seq)
    assert (quiet.epoch, quiet.seq) == (sato.epoch, seq)
    kato.push([world.school.new_grade(world.school.pupils[0], "A")])
    assert sato.backend.wait(world.school.school, seq).seq == seq + 1


def _conflicted(world: World) -> tuple[Desk, Desk, str]:
    """Two desks that gave one grade A and C: the server holds A, the conflict C."""
    pupil = world.school.pupils[0]
    sato, kato = world.desk("sato"), world.desk("kato")
    sato.push([world.school.new_grade(pupil, "A")])
    assert kato.push([world.school.new_grade(pupil, "C")])[0].outcome == "conflict_kept"
    return sato, kato, world.school.grade(pupil)


def _items(desk: Desk, groups: list[list[Create]], first: int) -> list[Item]:
    return [
        Item(q=first + i, rev=0, group=Group(at=MADE, kind="test.edit", ops=tuple(ops))) for i, ops in enumerate(groups)
    ]
