"""Whatever arrives, reading it never raises: it is a package, or a refusal with a reason."""

import csv
import io
import zipfile

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sync.server.roster.problem import Problem
from sync.server.roster.report import Report
from tests.sync.server.roster.builder import NAME, PACKAGES, encoded, read, sample, zipped

GOOD = (PACKAGES / NAME).read_bytes()
TABLES = sample()
CELLS = st.sampled_from(["", "NULL", "true", "2026-13-01", "P1,P2", "P1P2", ",", "\u0000", "\r\n", "ｱ", "\ue000", "𠮷"])


def answered(data: bytes) -> list[Problem]:
    """Read a package and word its report; either it is taken without an error, or refused with one."""
    reading = read(data)
    assert (reading.package is None) == reading.problems.refused
    report = Report(NAME, reading.package is not None, reading.counts, reading.problems, {})
    assert report.as_json("ja")
    assert report.as_text("en")
    return list(reading.problems.all())


@given(st.binary(max_size=300))
@example(b"PK\x05\x06" + bytes(18))
def test_random_bytes_are_refused(data: bytes) -> None:
    assert answered(data)


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_package_with_damaged_bytes_is_answered(damage: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for at, value in damage:
        data[at] = value
    answered(bytes(data))


@settings(max_examples=150)
@given(st.integers(0, 600), st.integers(0, 255))
def test_a_package_with_a_damaged_directory_is_answered(back: int, value: int) -> None:
    data = bytearray(GOOD)
    data[-1 - back] = value
    answered(bytes(data))


@given(st.dictionaries(st.sampled_from([f"{name}.csv" for name in TABLES]), st.binary(max_size=400)))
def test_files_of_random_bytes_are_refused(files: dict[str, bytes]) -> None:
    assert answered(zipped(files))


@settings(max_examples=50)
@given(st.sampled_from(sorted(TABLES)), st.text(max_size=300))
def test_a_file_of_random_text_is_answered(name: str, text: str) -> None:
    files = {f"{other}.csv": encoded(rows) for other, rows in TABLES.items()}
    answered(zipped({**files, f"{name}.csv": text.encode("utf-8", "replace")}))


@settings(max_examples=60)
@given(st.data())
def test_a_package_with_changed_cells_is_answered(data: st.DataObject) -> None:
    tables = {name: [list(row) for row in rows] for name, rows in TABLES.items()}
    for _ in range(data.draw(st.integers(1, 6))):
        rows = tables[data.draw(st.sampled_from(sorted(tables)))]
        row = data.draw(st.sampled_from(rows))
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(CELLS | st.text(max_size=8))
    answered(zipped({f"{name}.csv": encoded(rows) for name, rows in tables.items()}))


@settings(max_examples=50)
@given(st.sampled_from(sorted(TABLES)), st.integers(0, 200), st.integers(1, 200))
def test_a_cut_out_piece_of_a_file_is_answered(name: str, start: int, length: int) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        files = {entry: archive.read(entry) for entry in archive.namelist()}
    content = files[f"{name}.csv"]
    answered(zipped({**files, f"{name}.csv": content[:start] + content[start + length :]}))


def test_a_cell_longer_than_any_reader_takes_is_refused() -> None:
    rows = [list(row) for row in TABLES["users"]]
    rows[9][6] = "長" * (csv.field_size_limit() + 1)
    assert answered(zipped({f"{n}.csv": encoded(rows if n == "users" else r) for n, r in TABLES.items()}))
