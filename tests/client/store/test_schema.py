"""Every record type has its own table, and what an older program could not read is not lost on a newer one."""

from pathlib import Path

import orjson

from client.store import schema
from client.store.database import connect
from client.store.facts import base_of
from client.store.migrate import statements, steps
from client.store.opening import Opened
from client.store.pages import put_at_once
from client.store.schema import FIXED, INDEXES, bring_up, read_sql, table, unindexed
from client.store.writing import Writing
from sync.protocol.frames import Frame
from sync.protocol.version import Schema
from sync.records.registry import NUMBER, TYPES
from tests.client.store.conftest import SCHOOL

LESSON = "lesson:2026:3-2:math"
ID = "018f0000-0000-7000-8000-00000000000a"


def test_every_record_type_has_a_table_with_all_its_fields(writing: Writing) -> None:
    for name, type_ in TYPES.items():
        columns = {row["name"] for row in writing.run(f'PRAGMA table_info("{name}")')}
        assert columns == {*FIXED, *type_.fields}


def test_no_table_and_no_column_of_the_stores_own_has_a_name_of_the_registry() -> None:
    own = {statement.split()[2] for _, sql in steps() for statement in statements(sql)}
    assert own.isdisjoint(TYPES)
    assert not any(set(FIXED) & set(type_.fields) for type_ in TYPES.values())


def test_indexes_are_made_when_all_is_loaded_over_columns_that_are_there(writing: Writing) -> None:
    writing.run("INSERT INTO scope VALUES (?, 'past:1', 'loading', NULL)", SCHOOL)
    assert not unindexed(writing.connection)
    writing.run("UPDATE scope SET state = 'live'")
    for statement in unindexed(writing.connection):
        writing.run(statement)
    assert not unindexed(writing.connection)
    for type_, columns in INDEXES.items():
        for column in columns:
            plan = writing.run(f'EXPLAIN QUERY PLAN SELECT 1 FROM "{type_}" WHERE "{column}" = 1')
            assert f"{type_} by {column}" in plan[0]["detail"]


def test_a_row_is_read_as_it_was_sent(writing: Writing) -> None:
    fields = {"@classes": ["2026:3-2"], "pupil": ID, "date": "2026-11-20", "mark": "LATE", "late_at": "08:55"}
    scopes = ["class:2026:3-2"]
    writing.run("INSERT INTO scope VALUES (?, 'class:2026:3-2', 'live', NULL)", SCHOOL)
    writing.regranted()
    frame = Frame(type="attendance", scopes=scopes, columns=["id", "ver", *fields], rows=[[ID, 7, *fields.values()]])
    put_at_once(writing, SCHOOL, [frame])
    known = table("attendance")
    assert known is not None
    (row,) = writing.run(read_sql("attendance", "id = ?"), ID)
    assert known.read(row) == fields
    assert row["@classes"] == '["2026:3-2"]'


def test_yes_and_no_are_numbers_in_the_table_and_yes_and_no_again_when_read(writing: Writing) -> None:
    columns = ["id", "ver", "title", "closed"]
    frame = Frame(type="evidence", scopes=[LESSON], columns=columns, rows=[[ID, 7, "小テスト", True]])
    put_at_once(writing, SCHOOL, [frame])
    known = table("evidence")
    assert known is not None
    (row,) = writing.run(read_sql("evidence", "id = ?"), ID)
    assert (row["closed"], known.read(row)["closed"]) == (1, True)


def test_a_field_that_was_unknown_moves_into_its_column_when_the_registry_learns_it(opened: Opened) -> None:
    connection = connect(opened.path, opened.key, writing=True)
    connection.execute('ALTER TABLE "score" DROP COLUMN "note"')
    extra = orjson.dumps({"note": "再テスト", "colour": "red"}).decode()
    connection.execute("INSERT INTO scope_set VALUES (1, ?, '[]')", (SCHOOL,))
    connection.execute("INSERT INTO score (id, ver, scope_set, extra) VALUES (?, 7, 1, ?)", (ID, extra))
    connection.execute("UPDATE meta SET value = '1.-1' WHERE key = 'registry'")
    bring_up(connection)
    row = connection.execute("SELECT note, extra FROM score").fetchone()
    assert (row["note"], orjson.loads(row["extra"])) == ("再テスト", {"colour": "red"})
    connection.close()


def test_records_of_a_type_that_was_unknown_move_into_its_table_when_the_registry_learns_it(opened: Opened) -> None:
    connection = connect(opened.path, opened.key, writing=True)
    connection.execute('DROP TABLE "score"')
    fields = orjson.dumps({"state": "absent", "colour": "red"}).decode()
    connection.execute("INSERT INTO unknown_record VALUES ('score', ?, 7, '{\"note\":3}', 1, ?)", (ID, fields))
    connection.execute("UPDATE meta SET value = '1.-1' WHERE key = 'registry'")
    bring_up(connection)
    row = connection.execute("SELECT ver, fv, scope_set, state, extra FROM score").fetchone()
    assert tuple(row) == (7, '{"note":3}', 1, "absent", '{"colour":"red"}')
    assert connection.execute("SELECT count(*) FROM unknown_record").fetchone()[0] == 0
    connection.close()


def test_an_edit_of_a_field_that_was_unknown_is_based_on_what_was_pulled_and_not_on_an_own_push(opened: Opened) -> None:
    connection = connect(opened.path, opened.key, writing=True)
    school = connection.execute("SELECT id FROM partition WHERE name = 'school'").fetchone()[0]
    connection.execute("UPDATE partition SET cursor = 41")
    connection.execute("INSERT INTO scope_set VALUES (1, ?, '[\"lesson:1\"]')", (school,))
    connection.execute('ALTER TABLE "score" DROP COLUMN note')
    for last, ver, fv in (("1", 50, None), ("2", 30, None), ("3", 50, '{"note":7}'), ("4", 50, '{"state":9}')):
        extra = '{"note":"kept"}'
        row = (ID[:-1] + last, ver, fv, 1, extra)
        connection.execute("INSERT INTO score (id, ver, fv, scope_set, extra) VALUES (?, ?, ?, ?, ?)", row)
    connection.execute("INSERT INTO underlay VALUES ('score', ?, 60, NULL, '{}', NULL, 1)", (ID,))
    connection.execute("UPDATE meta SET value = '1.-1' WHERE key = 'registry'")
    bring_up(connection)
    rows = connection.execute("SELECT id, ver, fv, own, note, extra FROM score ORDER BY id").fetchall()
    assert [base_of(row, "note") for row in rows] == [41, 30, 7, 41]
    assert [base_of(row, "state") for row in rows] == [50, 30, 50, 9]
    assert {(row["note"], row["extra"]) for row in rows} == {("kept", None)}
    assert connection.execute("SELECT fv FROM underlay").fetchone()[0] == '{"note":41}'
    connection.close()


def test_a_store_of_the_first_registry_takes_late_edits_over_and_loads_nothing_anew(opened: Opened) -> None:
    connection = connect(opened.path, opened.key, writing=True)
    for name in ("late_edit", "late_target"):
        connection.execute(f"DROP TABLE {name}")
    fields = orjson.dumps({"device": ID, "q": 7, "author": ID, "state": "open", "ops": [{"do": "delete"}]}).decode()
    connection.execute("INSERT INTO unknown_record VALUES ('late_edit', ?, 9, NULL, 1, ?)", (ID, fields))
    connection.execute("UPDATE partition SET cursor = 41")
    connection.execute("UPDATE meta SET value = '1.0' WHERE key = 'registry'")
    bring_up(connection)
    row = connection.execute("SELECT ver, q, state, ops FROM late_edit").fetchone()
    assert tuple(row) == (9, 7, "open", '[{"do":"delete"}]')
    assert {cursor for (cursor,) in connection.execute("SELECT cursor FROM partition")} == {41}
    assert Schema(1, 0) < NUMBER
    connection.close()


def test_the_steps_of_the_stores_own_tables_only_ever_add() -> None:
    cut = [part for _, sql in steps() for part in statements(sql) if not part.startswith(("CREATE ", "ALTER "))]
    assert cut == []


def test_the_steps_travel_with_the_program() -> None:
    folder = Path(schema.__file__).parent / "migrations"
    # There is no step 3, and never will be: a store that has taken step 4 would not take it.
    assert [file.name for file in sorted(folder.glob("*.sql"))] == [
        "0001_store.sql",
        "0002_recovery.sql",
        "0004_attachments.sql",
        "0005_purge.sql",
        "0006_merged.sql",
        "0007_drafts.sql",
        "0008_away.sql",
    ]
    assert [number for number, _ in steps()] == [1, 2, 4, 5, 6, 7, 8]
