"""Imports on real databases: all of a package or nothing, the same package twice once, boards kept apart."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from sync.errors import Defect
from sync.protocol.messages import Create
from sync.records.ids import partition_id, v7
from sync.server.roster import importer
from sync.server.roster.importer import Importer, import_roster
from sync.server.roster.mapping import Mapped
from sync.server.roster.problem import Kind
from sync.server.roster.report import Report
from sync.server.settings import Refusal
from sync.server.storage import partitions, sources
from sync.server.storage.store import Storage
from sync.server.storage.tables import METADATA, grant, history
from tests.sync.server.roster.builder import (
    OTHER_ID,
    PACKAGES,
    Change,
    Tables,
    as_delta,
    changed,
    copy_row,
    manifest,
    only,
    only_rows,
    package,
    put,
    sample,
)

BULK, K12, SHIFT_JIS, LOST = (
    PACKAGES / f"RO_{day}_B105299999010.zip" for day in ("20260401", "20260402", "20260403", "20260407")
)
NOW = datetime(2026, 5, 6, 15, 30, tzinfo=UTC)
PREFECTURE, BOARD = partition_id("pref:05"), partition_id("board:059901")
PUPIL = 10
SECOND = "0b000000-0000-4000-8000-000000000001"


@pytest.fixture
def taker(storage: Storage) -> Importer:
    made = count(1)
    return Importer(storage, lambda: NOW, lambda: v7(1_780_000_000_000, next(made)))


def take(taker: Importer, data: bytes) -> Report:
    report = taker.take(data, "package.zip")
    assert report.taken, report.as_text("en")
    return report


def refused(taker: Importer, data: bytes) -> list[Kind]:
    before = everything(taker.storage)
    report = taker.take(data, "package.zip")
    assert not report.taken
    assert report.changed == {}
    assert everything(taker.storage) == before
    return [problem.kind for problem in report.problems.all()]


def everything(storage: Storage) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with storage.database.reading() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(select(table))), key=str)
            for name, table in METADATA.tables.items()
        }


def schools(storage: Storage) -> dict[str, str]:
    """Partition ids of schools by 学校コード."""
    return {fields["school_code"]: id_ for id_, fields in records(storage, PREFECTURE, "school").items()}


def records(storage: Storage, school: str, type_: str) -> dict[str, dict[str, Any]]:
    with storage.database.reading() as connection:
        partition = partitions.read(connection, school)
        assert partition is not None
        found = sources.records(connection, storage.names.read(connection, partition), school, [type_])
    return {id_: dict(held.fields) for (_, id_), held in found.items() if not held.deleted}


def test_the_samples_are_taken_with_their_counts(taker: Importer) -> None:
    for path in (BULK, K12):
        report = take(taker, path.read_bytes())
        assert report.counts == {
            "academicSessions": 1,
            "orgs": 2,
            "courses": 6,
            "classes": 6,
            "users": 68,
            "roles": 69,
            "enrollments": 66,
        }
        assert report.problems.all() == ()
    (school,) = schools(taker.storage).values()
    made = {type_: len(records(taker.storage, school, type_)) for type_ in ("class", "pupil", "membership", "staff")}
    assert made == {"class": 6, "pupil": 60, "membership": 60, "staff": 8}


def test_a_first_package_makes_prefecture_board_and_school(taker: Importer) -> None:
    take(taker, BULK.read_bytes())
    (school,) = schools(taker.storage).values()
    assert records(taker.storage, PREFECTURE, "school") == {
        school: {
            "name": "北浜市立若草小学校",
            "kind": "elementary",
            "school_code": "B105299999010",
            "board_code": "059901",
        }
    }
    with taker.storage.database.reading() as connection:
        partition = partitions.read(connection, school)
        board = partitions.read(connection, BOARD)
    assert partition is not None
    assert board is not None
    assert (partition.name, partition.board, partition.pref) == ("school", BOARD, PREFECTURE)
    assert (board.name, board.pref) == ("board:059901", PREFECTURE)


@pytest.mark.parametrize("again", [BULK, K12])
def test_repeating_an_import_changes_no_row_of_any_table(taker: Importer, again: Path) -> None:
    take(taker, BULK.read_bytes())
    before = everything(taker.storage)
    report = take(taker, again.read_bytes())
    assert everything(taker.storage) == before
    assert all(c.created == c.changed == c.deleted == 0 for c in report.changed.values())
    assert report.changed["pupil"].unchanged == 60


@pytest.mark.parametrize("bad", [SHIFT_JIS, LOST])
@pytest.mark.parametrize("first", [True, False])
def test_a_bad_package_writes_nothing(taker: Importer, bad: Path, first: bool) -> None:
    if not first:
        take(taker, BULK.read_bytes())
    assert refused(taker, bad.read_bytes())


def test_a_hostile_archive_writes_nothing(taker: Importer) -> None:
    assert refused(taker, BULK.read_bytes()[:-100]) == [Kind.ARCHIVE_UNREADABLE]
    assert refused(taker, b"") == [Kind.ARCHIVE_UNREADABLE]


def test_what_only_the_servers_own_records_show_is_refused_too(taker: Importer) -> None:
    take(taker, BULK.read_bytes())
    other = put("users", PUPIL, "userMasterIdentifier", "752fcf65-5eb5-4a57-b684-8d566d5fd4cf")
    assert refused(taker, changed(other)) == [Kind.PERSON_UNCERTAIN]


def test_a_delta_stands_on_the_package_before(taker: Importer) -> None:
    rename = (as_delta, put("users", PUPIL, "preferredFamilyName", "佐藤"), only("users"), only_rows("users", PUPIL))
    assert set(refused(taker, changed(*rename))) <= {Kind.REFERENCE, Kind.USER_ROLELESS}
    take(taker, BULK.read_bytes())
    report = take(taker, changed(*rename))
    assert (report.changed["pupil"].changed, report.counts) == (1, {"users": 1})
    (school,) = schools(taker.storage).values()
    assert "佐藤" in {pupil["family"] for pupil in records(taker.storage, school, "pupil").values()}


def test_another_sender_with_the_same_pupils_makes_no_second_ones(taker: Importer) -> None:
    take(taker, BULK.read_bytes())

    def renumber(tables: Tables) -> None:
        swap = {row[0]: f"{row[0][:9]}{row[0][9:13][::-1]}{row[0][13:]}" for row in tables["users"][1:]}
        for rows in tables.values():
            for row in rows:
                row[:] = [swap.get(value, value) for value in row]

    report = take(taker, changed(renumber, manifest("source.systemCode", "another " + "long " * 20)))
    assert (report.changed["pupil"].created, report.changed["staff"].created) == (0, 0)
    assert report.changed["pupil"].unchanged == 60


def board(code: str) -> Change:
    return put("orgs", 2, "identifier", code)


def test_a_package_of_another_board_is_refused(taker: Importer) -> None:
    take(taker, BULK.read_bytes())
    stranger = [board("059902"), put("orgs", 3, "identifier", "B105299999021"), put("orgs", 3, "sourcedId", OTHER_ID)]

    def follow(tables: Tables) -> None:
        school = "b6dbf581-9b26-4ef0-a1e0-59cd423bd767"
        for rows in tables.values():
            for row in rows:
                row[:] = [OTHER_ID if value == school else value for value in row]

    assert refused(taker, changed(*stranger, follow)) == [Kind.OTHER_BOARD]
    assert refused(taker, changed(board("059902"))) == [Kind.OTHER_BOARD]


def both_schools(*changes: Change) -> bytes:
    """Two schools in one package: the sample, and a copy of it with ids, codes and persons of its own."""
    first, second = sample(), sample()
    for change in changes:
        change(second)
    for name, rows in second.items():
        if name in {"manifest", "academicSessions"}:
            continue
        keep = {rows[1][0]} if name == "orgs" else set[str]()
        for row in rows[1:]:
            moved = [f"0c{v[2:]}" if len(v) == 36 and v[8:9] == "-" and v not in shared(first) else v for v in row]
            moved = [v.replace("B105299999010", "B105299999021").replace("若草", "青葉") for v in moved]
            if row[0] not in keep:
                first[name].append(moved)
    return package(first)


def shared(tables: Tables) -> set[str]:
    """Ids both schools refer to: the year and the board."""
    return {tables["academicSessions"][1][0], tables["orgs"][1][0]}


def test_a_board_may_send_several_schools_at_once(taker: Importer) -> None:
    report = take(taker, both_schools())
    assert report.counts["users"] == 136
    assert report.changed["pupil"].created == 120
    assert set(schools(taker.storage)) == {"B105299999010", "B105299999021"}
    for school in schools(taker.storage).values():
        assert len(records(taker.storage, school, "pupil")) == 60
    before = everything(taker.storage)
    take(taker, both_schools())
    assert everything(taker.storage) == before


def test_an_error_in_one_school_keeps_the_other_out_too(taker: Importer) -> None:
    assert refused(taker, both_schools(put("users", PUPIL, "familyName", ""))) == [Kind.VALUE_MISSING]


def test_a_school_in_the_package_nobody_is_at_is_left_out(taker: Importer) -> None:
    empty = copy_row("orgs", 3, sourcedId=OTHER_ID, identifier="B105299999021")
    take(taker, changed(empty))
    assert set(schools(taker.storage)) == {"B105299999010"}


def test_a_school_whose_code_has_changed_is_refused(taker: Importer) -> None:
    take(taker, BULK.read_bytes())
    assert refused(taker, changed(put("orgs", 3, "identifier", "B105299999021"))) == [Kind.SCHOOL_CODE_CHANGED]


def test_a_school_of_another_board_is_refused_though_the_server_is_for_both(taker: Importer) -> None:
    take(taker, BULK.read_bytes())
    with taker.storage.database.writing() as connection:
        partitions.create(connection, SECOND, "board:059902", (None, PREFECTURE), OTHER_ID)
    assert refused(taker, changed(board("059902"))) == [Kind.OTHER_BOARD]


def test_a_package_without_classes_and_people_makes_the_school(taker: Importer) -> None:
    def empty(tables: Tables) -> None:
        for name in ("courses", "classes", "users", "roles", "enrollments"):
            del tables[name][1:]

    report = take(taker, changed(empty))
    assert report.changed["school"].created == 1
    assert set(schools(taker.storage)) == {"B105299999010"}


def test_a_schools_new_name_is_taken_over(taker: Importer) -> None:
    take(taker, BULK.read_bytes())
    report = take(taker, changed(put("orgs", 3, "name", "北浜市立新若草小学校")))
    assert report.changed["school"].changed == 1
    (school,) = records(taker.storage, PREFECTURE, "school").values()
    assert school["name"] == "北浜市立新若草小学校"


def test_a_pupil_who_moves_keeps_the_id_and_the_master_id(taker: Importer) -> None:
    master = "752fcf65-5eb5-4a57-b684-8d566d5fd4ce"
    take(taker, BULK.read_bytes())
    (first,) = schools(taker.storage).values()
    (pupil,) = [id_ for id_, p in records(taker.storage, first, "pupil").items() if p["master_id"] == master]

    def move(tables: Tables) -> None:
        """The other school's package, in which this pupil alone is one of the first school's."""
        for name, rows in tables.items():
            for row in rows[1:] if name not in {"manifest", "academicSessions"} else ():
                own = [v for v in row if len(v) == 36 and v[8:9] == "-" and v not in shared(tables) and v != master]
                row[:] = [f"0c{v[2:]}" if v in own else v for v in row]
        put("orgs", 3, "identifier", "B105299999021")(tables)

    take(taker, changed(move))
    second = schools(taker.storage)["B105299999021"]
    assert records(taker.storage, second, "pupil")[pupil]["master_id"] == master
    assert len(records(taker.storage, second, "pupil").keys() & records(taker.storage, first, "pupil").keys()) == 1


def test_an_import_opens_the_rights_its_duties_say(taker: Importer) -> None:
    take(taker, BULK.read_bytes())
    with taker.storage.database.reading() as connection:
        user = "f31abcdf-29e2-4948-b4ac-c94533b8e21e"
        scopes = set(connection.execute(select(grant.c.scope).where(grant.c.user == user)).scalars())
    assert {"all", "roster:2026:1-1", "class:2026:1-1"} <= scopes
    assert "roster:2026:2-1" not in scopes


def test_history_tells_who_wrote_it(taker: Importer) -> None:
    take(taker, BULK.read_bytes())
    with taker.storage.database.reading() as connection:
        devices = set(connection.execute(select(history.c.device)).scalars())
        seqs = connection.execute(select(func.count(func.distinct(history.c.seq)))).scalar_one()
    assert devices == {"00000000-0000-0000-0000-000000000000"}
    assert seqs == 1


def test_an_unsound_edit_is_our_own_fault_and_writes_nothing(taker: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importer.map_school

    def unsound(*given: Any) -> Mapped:
        mapped = real(*given)
        broken = Create(type="class", id=SECOND, set={"year": 2026})
        return Mapped((*mapped.ops, broken), mapped.sources, mapped.forgotten, mapped.masters, (), mapped.changed)

    monkeypatch.setattr(importer, "map_school", unsound)
    before = everything(taker.storage)
    with pytest.raises(Defect):
        taker.take(BULK.read_bytes(), "package.zip")
    assert everything(taker.storage) == before
    monkeypatch.undo()
    take(taker, BULK.read_bytes())


def test_the_command_prints_the_report_and_its_exit_code_says_whether_it_was_taken(
    storage: Storage, capsys: pytest.CaptureFixture[str]
) -> None:
    assert import_roster(storage, LOST, as_json=True) == 1
    body = json.loads(capsys.readouterr().out)
    assert (body["taken"], [p["row"] for p in body["problems"]]) == (False, [13])
    assert import_roster(storage, BULK, as_json=True) == 0
    body = json.loads(capsys.readouterr().out)
    assert (body["taken"], body["counts"]["users"], body["changed"]["pupil"]["created"]) == (True, 68, 60)
    assert import_roster(storage, BULK, as_json=False) == 0
    assert "RO_20260401_B105299999010.zip" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_refused_in_words(storage: Storage, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"missing\.zip"):
        import_roster(storage, tmp_path / "missing.zip", as_json=False)


def test_the_command_line_takes_a_package_into_a_new_folder(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "sync.server", "import-roster", "--data", str(tmp_path / "data"), "--json"]
    done = subprocess.run([*words, str(BULK)], capture_output=True, check=False, text=True)
    assert (done.returncode, json.loads(done.stdout)["taken"]) == (0, True)
