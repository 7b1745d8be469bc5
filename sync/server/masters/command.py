"""`keyaki-server prepare-year`: which schools it is for, and what it tells."""

import secrets
import sys
from collections.abc import Mapping

from sync.records.ids import v7
from sync.records.year import school_year
from sync.server.clock import TOKYO, system_clock, unix_ms
from sync.server.csv_tables import read_table
from sync.server.masters.prepare import Year, prepare
from sync.server.schools import schools
from sync.server.settings import Refusal
from sync.server.storage.store import Storage


def prepare_year(storage: Storage, year: int | None, term_count: int | None, school_code: str | None) -> int:
    """Prepare a school year of one school or of all, and write to standard output what was added.

    year: None = the school year of today. term_count: 2 or 3, None = as it is or usual. school_code: 学校コード, None =
    every school of this database. Returns the exit code 0. Raises Refusal, ServerBusy.
    """
    chosen = {school.id: school.name for school in schools(storage) if school_code in (None, school.code)}
    if not chosen:
        raise Refusal(f"there is no school {school_code} here" if school_code else "there is no school here yet")
    now = system_clock()
    wanted = Year(year or school_year(now.astimezone(TOKYO).date()), term_count)
    for id_, name in chosen.items():
        made = prepare(storage, id_, wanted, now, lambda: v7(unix_ms(system_clock()), secrets.randbits(80)))
        sys.stdout.write(_told(name, wanted.number, made))
    return 0


def _told(school: str, year: int, made: Mapping[str, int]) -> str:
    said = {row["key"]: row["ja"] for row in read_table("terms", "prepare_year")}
    called = {row["type"]: row["ja"] for row in read_table("terms", "fields") if not row["field"]}
    head = said["prepared" if made else "complete"].replace("{school}", school).replace("{year}", str(year))
    return "".join(f"{line}\n" for line in (head, *(f"  {called[type_]} {count:,}" for type_, count in made.items())))
