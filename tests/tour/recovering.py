"""The pictures of a recovery: what an older store of the teacher's left on the PC, looked at, asked about, restored."""

import secrets
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from client.demo import TANAKA
from client.recovery.panel import SURE
from client.vault.quarantine import QUARANTINE
from client.vault.segments import segments
from client.vault.stream import hand_of, stream_of
from client.workspace import Put
from sync.protocol.lease import LeaseRequest
from sync.protocol.outbox_key import outbox_key_of
from sync.protocol.signed import root_of
from tests.tour.stage import Shown, Stage, aside, until

_FLIPPED = 3
"""Of which record a bit is turned over, so that one cannot be read."""


def recovering(here: Stage) -> Iterator[Callable[[], Shown]]:
    """What is kept, what is asked about the rest, and what came of it."""

    def kept() -> Shown:
        aside(lambda: _leave_behind(here))
        here.desk.window_.open_page("recovery")
        page: Any = here.page
        until("the school has read it", lambda: page.found is not None and not page.busy)
        page.choose()
        return "recovery", here.desk, True

    def asked() -> Shown:
        page: Any = here.page
        page.restore_chosen()
        return "recovery-asked", here.desk, False

    def done() -> Shown:
        page: Any = here.page
        page.strip.asked.emit(SURE)
        until("the school has decided", lambda: page.found is None and not page.busy)
        return "recovery-done", here.desk, False

    yield from (kept, asked, done)


def _leave_behind(here: Stage) -> None:
    """An older store of the teacher's, whose file is gone, and whose journal lies beside the new one."""
    old, dek = here.others.join(TANAKA, "教室PC (前)"), secrets.token_bytes(32)
    device = UUID(old.workspace.enrolment.device)
    document = old.link.lease(LeaseRequest(stream=stream_of(dek, device))).keys
    key = outbox_key_of(document, root_of(document).thumbprint())
    assert key is not None
    old.workspace.copies.keep(lambda id_: hand_of(dek, id_, key))
    for row, value in zip(here.scores("まとめ", 5), (78_00, 91_50, 66_00, 83_00, 95_00), strict=True):
        old.workspace.edit("grades.typed", [Put("score", {"state": "scored", "value": value}, id=row.id)])
    whose = here.desk.workspace.enrolment
    aside_ = here.app._profile.store(whose.user, whose.school) / QUARANTINE / stream_of(dek, device).id
    aside_.mkdir(parents=True)
    (path,) = segments(here.others.folder / "教室PC (前)")
    data = bytearray(path.read_bytes())
    starts = [at for at in range(len(data)) if data.startswith(b"KYJREC1\n", at)]
    data[starts[_FLIPPED] + 100] ^= 1
    (aside_ / path.name).write_bytes(data)
