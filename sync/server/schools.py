"""The schools of a database by what people call them, for commands."""

from typing import NamedTuple

from sync.server.settings import Refusal
from sync.server.storage import partitions, sources
from sync.server.storage.store import Storage


class School(NamedTuple):
    """A school. id: of its partition and its record; code: 学校コード."""

    id: str
    code: str
    name: str


def schools(storage: Storage) -> list[School]:
    """Every school of this database, by code."""
    found: list[School] = []
    with storage.database.reading() as connection:
        for id_ in partitions.all_schools(connection):
            own = partitions.read(connection, id_)
            above = partitions.read(connection, own.pref) if own is not None and own.pref is not None else None
            if above is None:
                continue
            names = storage.names.read(connection, above)
            held = sources.records(connection, names, above.school, ("school",)).get(("school", id_))
            if held is not None and not held.deleted:
                found.append(School(id_, held.fields["school_code"], held.fields["name"]))
    return sorted(found, key=lambda school: school.code)


def find_school(storage: Storage, word: str) -> School:
    """The school with this 学校コード or id. Raises Refusal where there is none, or more than one."""
    found = [school for school in schools(storage) if word in (school.id, school.code)]
    if len(found) != 1:
        raise Refusal(f"there is no school {word} here" if not found else f"several schools have the code {word}")
    return found[0]
