"""The ledger as a table for other programs, and what of a permit can be done next."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from sync.protocol.permit import Permit, PermitEvent

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(cell: str) -> str:
    """A cell no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA) else cell


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """A file spreadsheets open as it is: UTF-8 with its mark, lines that end as there, no formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def last(permit: Permit, *events: str) -> PermitEvent | None:
    """The last line of one of these kinds."""
    return next((event for event in reversed(permit.events) if event.event in events), None)


def is_out(permit: Permit) -> bool:
    """Whether it was begun and not returned."""
    return last(permit, "active") is not None and last(permit, "returned") is None


def may_start(permit: Permit, now: int) -> bool:
    """Whether it can be begun at this moment. now: Unix s."""
    return permit.mine and permit.state == "approved" and permit.since <= now < permit.until


def may_withdraw(permit: Permit) -> bool:
    """Whether it can be taken back."""
    return permit.mine and permit.state in ("requested", "approved")


def may_return(permit: Permit, device: str) -> bool:
    """Whether it is to be returned from this device."""
    begun = last(permit, "active")
    return permit.mine and is_out(permit) and begun is not None and begun.device == device
