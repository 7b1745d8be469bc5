"""A package becomes records: persons are found again, keys stay, repeating changes nothing."""

from collections import Counter
from datetime import date

import pytest

from sync.protocol.messages import Create, Patch
from sync.server.roster.known import ORDER, Source
from sync.server.roster.problem import Kind
from tests.sync.server.roster.builder import (
    OTHER_ID,
    Change,
    Tables,
    changed,
    copy_row,
    manifest,
    only,
    only_rows,
    put,
    sample,
)
from tests.sync.server.roster.school import School
from tests.sync.server.roster.wakakusa import (
    BULK,
    CLASS_1,
    CLASS_2,
    EXCHANGE,
    HOMEROOM_1,
    K12,
    PRINCIPAL,
    PUPIL,
    PUPIL_ID,
    SEAT,
    SPECIAL,
    delta,
)


def test_the_sample_makes_the_records_of_a_small_school(school: School) -> None:
    made = Counter(type_ for type_, _ in school.records)
    assert made == {
        "school_year": 1,
        "class": 6,
        "staff": 8,
        "duty": 6,
        "pupil": 60,
        "pupil_official": 60,
        "enrolment": 60,
        "membership": 60,
    }
    assert sorted(record["key"] for record in school.all("class")) == ["1-1", "2-1", "3-1", "4-1", "5-1", "6-1"]
    assert school.one("class", key="3-1") == {
        "year": 2026,
        "key": "3-1",
        "label": "3年1組",
        "kind": "regular",
        "grades": [3],
    }
    assert school.problems == []


def test_a_pupil_gets_display_name_official_name_place_and_number(school: School) -> None:
    id_ = school.pupil("370c85cc-ece7-4d9e-808f-e3b00cad0b9d")
    assert school.one("pupil", family="木下") == {
        "family": "木下",
        "given": "美鈴",
        "kana_family": "キノシタ",
        "kana_given": "ミスズ",
        "master_id": "62507ee7-7f8f-4154-8052-7cb41588d444",
        "@classes": ["2026:3-1"],
    }
    assert school.one("pupil_official", pupil=id_) == {
        "pupil": id_,
        "family": "李",
        "given": "美琳",
        "kana": "リ メイリン",
        "@classes": ["2026:3-1"],
    }
    assert school.one("enrolment", pupil=id_) == {
        "pupil": id_,
        "from": "2026-04-01",
        "entry": "first",
        "@classes": ["2026:3-1"],
    }
    assert school.one("membership", pupil=id_) == {
        "pupil": id_,
        "class": "2026:3-1",
        "from": "2026-04-01",
        "number": 4,
        "kind": "home",
        "to": "2027-03-31",
    }


def test_staff_and_their_duties_come_of_teachers_rows(school: School) -> None:
    teacher = school.staff(HOMEROOM_1)
    assert school.one("staff", name="森 香織") == {
        "user": "f31abcdf-29e2-4948-b4ac-c94533b8e21e",
        "name": "森 香織",
        "kana": "モリ カオリ",
        "active": True,
    }
    assert school.one("duty", staff=teacher) == {
        "staff": teacher,
        "role": "homeroom",
        "target_kind": "class",
        "target": "2026:1-1",
        "from": "2026-04-01",
        "to": "2027-03-31",
    }


def test_a_secondary_role_is_kept_as_the_post_and_gives_no_right(school: School) -> None:
    assert school.one("staff", name="虻川 翔太")["post"] == "principal"
    assert school.some("duty", staff=school.staff(PRINCIPAL)) == []


def test_repeating_a_package_changes_nothing(school: School) -> None:
    again = school.take(BULK)
    assert (again.ops, again.sources, again.forgotten, again.problems) == ((), {}, frozenset(), ())
    assert {type_: c.unchanged for type_, c in again.changed.items()}["pupil"] == 60
    assert all(c.created == c.changed == c.deleted == 0 for c in again.changed.values())


def test_the_same_content_in_the_newer_profile_changes_nothing(school: School) -> None:
    assert school.take(K12).ops == ()


def test_parents_come_before_what_refers_to_them() -> None:
    order = [ORDER.index(op.type) for op in School().map(BULK).ops]
    assert order == sorted(order)


def test_a_changed_name_is_one_patch_of_its_unit(school: School) -> None:
    mapped = school.take(changed(put("users", PUPIL, "preferredFamilyName", "佐藤")))
    (op,) = mapped.ops
    assert isinstance(op, Patch)
    assert (op.id, op.set, op.base) == (
        school.pupil(PUPIL_ID),
        {"family": "佐藤", "given": "悠人"},
        {"family": 1},
    )
    assert (mapped.changed["pupil"].changed, mapped.changed["pupil"].unchanged) == (1, 59)


def test_a_person_is_found_by_master_id_when_the_sender_has_a_new_id(school: School) -> None:
    before = school.pupil(PUPIL_ID)

    def renumber(tables: Tables) -> None:
        for rows in tables.values():
            for row in rows:
                row[:] = [OTHER_ID if value == PUPIL_ID else value for value in row]

    mapped = school.take(changed(renumber))
    assert school.pupil(OTHER_ID) == before
    assert mapped.ops == ()
    assert [p.kind for p in mapped.problems] == [Kind.ROW_VANISHED]


def test_a_pupil_of_another_school_keeps_the_id() -> None:
    elsewhere = "018f0000-0000-7000-8000-0000000000aa"
    school = School(elsewhere={"752fcf65-5eb5-4a57-b684-8d566d5fd4ce": elsewhere})
    school.take(BULK)
    assert school.pupil(PUPIL_ID) == elsewhere
    assert ("pupil", elsewhere) in school.records


def test_two_ids_that_speak_of_two_persons_refuse_the_package(school: School) -> None:
    other = sample()["users"][PUPIL][sample()["users"][0].index("userMasterIdentifier")]
    swapped = put("users", PUPIL, "userMasterIdentifier", other)
    school.map(changed(swapped, put("users", PUPIL + 1, "userMasterIdentifier", "")))
    assert school.kinds() == [Kind.PERSON_UNCERTAIN]


def test_a_changed_master_id_refuses_the_package(school: School) -> None:
    school.map(changed(put("users", PUPIL, "userMasterIdentifier", "752fcf65-5eb5-4a57-b684-8d566d5fd4cf")))
    assert school.kinds() == [Kind.PERSON_UNCERTAIN]


def test_two_users_cannot_become_one_pupil(school: School) -> None:
    master = "752fcf65-5eb5-4a57-b684-8d566d5fd4ce"
    twin = copy_row("users", PUPIL, sourcedId=OTHER_ID, userMasterIdentifier=master)
    role = copy_row("roles", 11, sourcedId=EXCHANGE, userSourcedId=OTHER_ID)
    school.map(changed(twin, role, put("users", PUPIL, "userMasterIdentifier", "")))
    assert school.kinds() == [Kind.PERSON_UNCERTAIN]


def test_names_are_kept_code_point_by_code_point() -> None:
    school = School()
    school.take(changed(put("users", PUPIL, "familyName", "神"), put("users", PUPIL, "preferredFamilyName", "髙")))
    id_ = school.pupil(PUPIL_ID)
    assert school.one("pupil_official", pupil=id_)["family"] == "神"
    assert school.records["pupil", id_].fields["family"] == "髙"


@pytest.mark.parametrize(
    ("code", "title", "special", "key"),
    [
        ("0302", "さくら組", "false", "3-2"),
        ("", "3年2組", "false", "3-2"),
        ("", "３年２組", "false", "3-2"),
        ("", "3年12組", "false", "3-12"),
        ("A1", "さくら組", "false", "c-e94b7d"),
        ("0100", "さくら組", "false", "c-e94b7d"),
        ("0101", "ひまわり", "true", "sp-1"),
        ("0201", "1年1組", "false", "c-e94b7d"),
    ],
)
def test_a_class_key_comes_of_code_then_title_then_id(code: str, title: str, special: str, key: str) -> None:
    """The last case is a key another row of the sample has taken by its own code."""
    school = School()
    later = (lambda tables: tables["classes"].append(tables["classes"].pop(1))) if code == "0201" else None
    changes = [put("classes", 2, "classCode", code), put("classes", 2, "title", title)]
    changes += [put("classes", 2, "metadata.jp.specialNeeds", special), *([later] if later else [])]
    school.take(changed(*changes))
    assert school.sources[Source("classes", CLASS_1, "class")] in {
        id_ for (type_, id_), held in school.records.items() if type_ == "class" and held.fields["key"] == key
    }


def test_a_class_key_once_given_stays(school: School) -> None:
    school.take(changed(put("classes", 2, "classCode", "0109"), put("classes", 2, "title", "1年9組")))
    assert school.one("class", label="1年9組")["key"] == "1-1"


def test_a_long_title_is_shortened_with_a_warning() -> None:
    school = School()
    school.take(changed(put("classes", 2, "title", "1年1組" + "あ" * 30)))
    assert school.one("class", key="1-1")["label"] == "1年1組" + "あ" * 16
    assert school.kinds() == [Kind.LABEL_SHORTENED]


def test_names_that_fit_only_apart_are_refused() -> None:
    school = School()
    school.map(changed(put("users", PUPIL, "givenName", "ア" * 40), put("users", PUPIL, "middleName", "イ" * 40)))
    assert school.kinds() == [Kind.TOO_LONG]


def test_a_junior_high_school_counts_grades_from_seven() -> None:
    school = School(kind="junior_high")
    school.take(changed(put("classes", 2, "grades", "")))
    assert school.one("class", key="1-1")["grades"] == [7]


def guests(special: bool = True) -> tuple[Change, ...]:
    """The first pupil of class 1-1 sits in 2-1 too; with `special`, 2-1 is a special-support class."""
    flag = put("classes", 3, "metadata.jp.specialNeeds", "true" if special else "false")
    number = {"metadata__jp__ShussekiNo": "3"}
    return flag, copy_row("enrollments", SEAT, sourcedId=EXCHANGE, classSourcedId=CLASS_2, **number)


def test_a_pupil_of_a_special_support_class_is_a_guest_in_the_exchange_class() -> None:
    school = School()
    school.take(changed(*guests()))
    id_ = school.pupil(PUPIL_ID)
    seats = {m["class"]: (m["kind"], m["number"]) for m in school.some("membership", pupil=id_)}
    assert seats == {"2026:1-1": ("exchange", 1), "2026:sp-1": ("home", 3)}
    assert school.records["pupil", id_].fields["@classes"] == ["2026:1-1", "2026:sp-1"]
    assert len(school.some("enrolment", pupil=id_)) == 1
    assert school.take(changed(*guests())).ops == ()


def test_of_two_ordinary_classes_the_senders_home_class_is_home() -> None:
    school = School()
    school.take(changed(*guests(special=False), put("users", PUPIL, "metadata.jp.homeClass", CLASS_2)))
    seats = {m["class"]: m["kind"] for m in school.some("membership", pupil=school.pupil(PUPIL_ID))}
    assert seats == {"2026:1-1": "exchange", "2026:2-1": "home"}


def test_a_delta_may_bring_the_exchange_class_later() -> None:
    school = School()
    special = put("classes", 3, "metadata.jp.specialNeeds", "true")
    school.take(changed(special))
    new = copy_row("enrollments", SEAT, sourcedId=EXCHANGE, classSourcedId=CLASS_2, metadata__jp__ShussekiNo="3")
    school.take(delta(new, only("enrollments"), only_rows("enrollments", 68)))
    id_ = school.pupil(PUPIL_ID)
    seats = {m["class"]: m["kind"] for m in school.some("membership", pupil=id_)}
    assert seats == {"2026:1-1": "exchange", "2026:sp-1": "home"}
    assert school.records["pupil", id_].fields["@classes"] == ["2026:1-1", "2026:sp-1"]
    assert school.one("pupil_official", pupil=id_)["@classes"] == ["2026:1-1", "2026:sp-1"]
    assert school.one("enrolment", pupil=id_)["@classes"] == ["2026:1-1", "2026:sp-1"]


def test_a_deleted_class_stays_while_somebody_was_in_it(school: School) -> None:
    gone = put("classes", 2, "status", "tobedeleted")
    school.take(delta(gone, only("classes"), only_rows("classes", 2)))
    assert school.one("class", key="1-1")["label"] == "1年1組"


def test_a_deleted_class_nobody_was_in_goes(school: School) -> None:
    school.take(changed(copy_row("classes", 2, sourcedId=SPECIAL, classCode="0102", title="1年2組")))
    assert school.one("class", key="1-2")
    row = copy_row("classes", 2, sourcedId=SPECIAL, status="tobedeleted")
    school.take(delta(row, only("classes"), only_rows("classes", 8)))
    assert school.some("class", key="1-2") == []


def test_a_delta_of_one_file_changes_only_what_it_says(school: School) -> None:
    rename = put("users", PUPIL, "preferredFamilyName", "佐藤")
    mapped = school.take(delta(rename, only("users"), only_rows("users", PUPIL)))
    assert [op.type for op in mapped.ops] == ["pupil"]
    assert school.records["pupil", school.pupil(PUPIL_ID)].fields["family"] == "佐藤"


def test_a_guardian_becomes_nothing_but_may_be_referred_to_later(school: School) -> None:
    guardian = copy_row("users", PUPIL, sourcedId=OTHER_ID, userMasterIdentifier="", grades="")
    role = copy_row("roles", 11, sourcedId=EXCHANGE, userSourcedId=OTHER_ID, role="guardian")
    mapped = school.take(changed(guardian, role, put("users", PUPIL, "agentSourcedIds", OTHER_ID)))
    assert mapped.ops == ()
    agent = put("users", PUPIL, "agentSourcedIds", OTHER_ID)
    assert school.take(delta(agent, only("users"), only_rows("users", PUPIL))).ops == ()


def test_an_unsent_number_does_not_take_away_the_number_a_pupil_has(school: School) -> None:
    school.take(changed(put("enrollments", SEAT, "metadata.jp.ShussekiNo", "")))
    assert school.one("membership", pupil=school.pupil(PUPIL_ID))["number"] == 1


def test_ids_that_are_new_are_asked_for_in_the_order_of_the_package() -> None:
    first, second = School(), School()
    first.take(BULK)
    second.take(BULK)
    assert {k: dict(h.fields) for k, h in first.records.items()} == {
        k: dict(h.fields) for k, h in second.records.items()
    }
    assert all(op.id for op in School().map(BULK).ops if isinstance(op, Create))


def test_the_day_of_import_decides_nothing(school: School) -> None:
    later = School(today=date(2028, 1, 1))
    later.take(BULK)
    own = {key: dict(held.fields) for key, held in school.records.items()}
    assert {key: dict(held.fields) for key, held in later.records.items()} == own


def test_a_boards_own_people_are_no_staff_of_the_school(school: School) -> None:
    person = copy_row("users", 3, sourcedId=OTHER_ID, userMasterIdentifier="", primaryOrgSourcedId="")
    board = "c05754de-13a1-4dc0-9eb3-47a947e055b7"
    role = copy_row("roles", 4, sourcedId=EXCHANGE, userSourcedId=OTHER_ID, orgSourcedId=board)
    clear = put("users", 70, "metadata.jp.homeClass", "")
    for _ in range(2):
        assert school.take(changed(person, role, clear)).ops == ()
    assert school.take(delta(person, role, only("roles"), only_rows("roles", 71))).ops == ()


def test_two_members_of_staff_cannot_be_swapped_either(school: School) -> None:
    column = sample()["users"][0].index("userMasterIdentifier")
    swapped = put("users", 3, "userMasterIdentifier", sample()["users"][3][column])
    school.map(changed(swapped, put("users", 4, "userMasterIdentifier", "")))
    assert school.kinds() == [Kind.PERSON_UNCERTAIN]


def test_a_person_without_any_school_in_a_delta_is_known_from_before(school: School) -> None:
    rename = [put("users", PUPIL, "preferredFamilyName", "佐藤"), put("users", PUPIL, "primaryOrgSourcedId", "")]
    school.take(delta(*rename, only("users"), only_rows("users", PUPIL)))
    assert school.records["pupil", school.pupil(PUPIL_ID)].fields["family"] == "佐藤"


def test_a_special_support_class_made_by_hand_is_taken_over_by_its_name() -> None:
    school = School()
    flag = put("classes", 2, "metadata.jp.specialNeeds", "true")
    school.take(changed(put("classes", 2, "title", "ひまわり"), flag))
    school.sources.clear()
    school.take(changed(put("classes", 2, "title", "ひまわり"), flag, manifest("source.systemCode", "another")))
    assert [c["label"] for c in school.some("class", kind="special_support")] == ["ひまわり"]
