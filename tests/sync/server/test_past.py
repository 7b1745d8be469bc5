"""The past of records is told to who may read them now, with who, when and on which PC; to nobody else."""

from client.workspace import Put, Remove
from sync.protocol.messages import Create, read
from sync.protocol.past import PastAnswer, PastAsk, PastChange, RecordKey
from sync.server.identity import tokens
from sync.server.identity.tokens import SignedIn
from sync.server.past import past
from sync.server.settings import TokenTimes
from tests.kit.classroom import MATH, SATO, TANAKA, Classroom, Desk
from tests.sync.conformance.ends import Place
from tests.sync.server.wire import headers, post

LATER = ("score", "00000000-0000-5000-8000-000000000000")


def told(room: Classroom, desk: Desk, *records: tuple[str, str]) -> list[PastChange]:
    asked = PastAsk(records=tuple(RecordKey(type=type_, id=id_) for type_, id_ in records))
    return list(read(PastAnswer, past(room.storage, desk.core._caller, asked, room.clock)).changes)


def scored(desk: Desk) -> str:
    """A score of mathematics that is there."""
    (row,) = desk.workspace.rows('SELECT id FROM score WHERE "@lesson" = ? AND value > 0 ORDER BY id LIMIT 1', (MATH,))
    return row.id


def points(desk: Desk, id_: str, value: int) -> None:
    desk.workspace.edit("grades.typed", [Put("score", {"state": "scored", "value": value}, id=id_)])
    desk.sync()


def test_who_changed_what_when_and_where_stands_newest_first(classroom: Classroom) -> None:
    tanaka, sato = classroom.open(TANAKA, "教室PC"), classroom.open(SATO, "職員室PC")
    id_ = scored(tanaka)
    points(tanaka, id_, 1_00)
    sato.sync()
    points(sato, id_, 2_00)
    changes = told(classroom, tanaka, ("score", id_))
    assert [(each.pc, each.by, (each.new or {}).get("value")) for each in changes[:2]] == [
        ("職員室PC", sato.workspace.enrolment.staff, 2_00),
        ("教室PC", tanaka.workspace.enrolment.staff, 1_00),
    ]
    assert changes[0].old == changes[1].new
    assert all(each.unit == "state" and each.outcome == "applied" for each in changes[:2])


def test_nothing_is_told_of_what_may_not_be_read_or_is_not_there(classroom: Classroom) -> None:
    tanaka, sato = classroom.open(TANAKA, "教室PC"), classroom.open(SATO, "職員室PC")
    (remark,) = tanaka.workspace.rows("SELECT id, text FROM remark WHERE text IS NOT NULL ORDER BY id LIMIT 1")
    tanaka.workspace.edit("remarks.typed", [Put("remark", {"text": remark.text + "追記。"}, id=remark.id)])
    tanaka.sync()
    assert told(classroom, tanaka, ("remark", remark.id))
    assert told(classroom, sato, ("remark", remark.id)) == []
    assert told(classroom, sato, LATER, ("unheard_of", LATER[1])) == []


def test_a_record_that_is_deleted_tells_nothing_more(classroom: Classroom) -> None:
    tanaka = classroom.open(TANAKA, "教室PC")
    id_ = scored(tanaka)
    points(tanaka, id_, 1_00)
    tanaka.workspace.edit("grades.column", [Remove("score", id_)])
    tanaka.sync()
    assert told(classroom, tanaka, ("score", id_)) == []


def test_over_the_wire_a_question_that_is_none_is_refused(shop: Place) -> None:
    school = shop.new_school()
    caller = shop.enrol(school, "sato", "PC")
    who = SignedIn(caller.user, caller.staff, caller.device, caller.school, 0, "pwd otp")
    said = headers(caller.device, tokens.issue(shop.storage, who, TokenTimes(), shop.clock.now).access)
    fields = {"author": caller.staff, "title": "学年だより", "body": "本文"}
    notice = Create(type="notice", id=school.ids(), set=fields)
    assert school.edit(notice).outcome == "applied"
    asked = post(shop.url, "/v1/past", said, {"records": [{"type": "notice", "id": notice.id}]})
    assert asked.status == 200
    (change,) = asked.value["changes"]
    assert (change["unit"], change["type"], change["outcome"]) == ("@created", "notice", "applied")
    for wrong in ({}, {"records": []}, {"records": [{"type": "notice", "id": "x"}]}, {"records": [], "all": True}):
        assert post(shop.url, "/v1/past", said, wrong).status == 400
