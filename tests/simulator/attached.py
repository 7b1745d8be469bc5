"""The promises about attached files: whole or not there, gone with the records they came with, found in the end."""

from collections.abc import Collection, Mapping

import orjson

from client.workspace import Away, Workspace
from sync.protocol.backend import Backend
from sync.protocol.errors import FileComing, Forbidden
from sync.records.blobs import HOLDING, Blob, blobs_within
from tests.simulator.oracle import hold

_UNDECIDED = """
SELECT base, current, incoming FROM conflict WHERE state = 'open'
UNION ALL SELECT ops, NULL, NULL FROM late_edit WHERE state = 'open'
"""


def seen_files(workspace: Workspace) -> list[Blob]:
    """The files of all notices shown here."""
    held = (orjson.loads(files) for (files,) in workspace.rows("SELECT files FROM notice WHERE files IS NOT NULL"))
    return sorted({blob for value in held for blob in blobs_within(value)})


def whole_files(workspace: Workspace, files: Mapping[str, bytes]) -> None:
    """I5: what counts as a file that is here is that file, byte for byte."""
    for sha256, number, got, size in workspace.rows("SELECT sha256, n, got, size FROM blob WHERE whole"):
        rows = workspace.rows("SELECT data FROM blob_piece WHERE place >> 20 = ? ORDER BY place", (number,))
        data = b"".join(piece for (piece,) in rows)
        hold("I5", data == files[sha256] and len(data) == got == size, f"{sha256[:9]} is {len(data)} other bytes")


def purged_files(workspace: Workspace) -> None:
    """I7: no file is held that came with a record which is not shown here any more, nor kept in a conflict that is.

    What the teacher was refused counts as shown: it is emptied with its record when that goes (`promises.erased`).
    """
    places = [("outbox", "item"), ("not_accepted", "item")]
    places += [(type_, name) for type_, names in HOLDING.items() for name in names]
    said = str([tuple(row) for table, name in places for row in workspace.rows(f'SELECT "{name}" FROM "{table}"')])
    for (sha256,) in workspace.rows("SELECT sha256 FROM blob WHERE attached IS NULL"):
        hold("I7", sha256 in said, f"{sha256[:9]} is still here")


def all_files(workspace: Workspace, server: Backend, files: Mapping[str, bytes], gone: Collection[str]) -> None:
    """I5, I7: in the end every file of a notice shown here can be had, and no other. gone: what is lost to the school.

    But for those in a difference or a late edit that is shown here and still to be decided.
    """
    shown = {blob.sha256 for blob in seen_files(workspace)}
    undecided = str([*map(tuple, workspace.rows(_UNDECIDED))])
    for blob in seen_files(workspace):
        found = workspace.files.read(blob)
        right = found == files[blob.sha256] or (blob.sha256 in gone and isinstance(found, Away))
        hold("I5", right, f"{blob.sha256[:9]} of a notice is {found!r:.60}")
    for sha256 in files.keys() - shown:
        try:
            server.get_file(workspace.enrolment.school, sha256, 0, 9)
        except (Forbidden, FileComing):
            continue
        hold("I7", sha256 in undecided, f"{sha256[:9]} is given to who sees no record that refers to it")
