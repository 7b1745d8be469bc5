"""A take-out's lease at the device: believed only with permit and approver, and letting out only what is granted."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from client.vault.errors import LeaseNeeded, LeaseRefused
from tests.kit.lending import HOUR, NOW, PIN, KeyPlaces, Lender, vault

SCOPES = ["all", "class:2026:3-2"]
SAID: dict[str, Any] = {
    "kind": "takeout",
    "scopes": SCOPES,
    "purpose": "grading",
    "permit": str(UUID(int=7)),
    "approver": str(UUID(int=8)),
    "approved_at": NOW - HOUR,
}
SUNDAY_NIGHT = NOW + 60 * HOUR


def test_a_take_out_opens_the_store_until_its_end_whatever_the_hour(tmp_path: Path) -> None:
    places, lender = KeyPlaces(), Lender()
    mine = vault(tmp_path, places)
    keys = mine.make(PIN, lender.answer())
    keys = mine.renew(keys, lender.answer(hours=72, **SAID), {*SCOPES, "contact:2026:3-2"})
    lease = mine.lease()
    assert lease is not None
    assert (lease.kind, lease.permit) == ("takeout", SAID["permit"])
    assert mine.unlock(PIN, SUNDAY_NIGHT).dek == keys.dek
    with pytest.raises(LeaseNeeded):
        mine.unlock(PIN, NOW + 72 * HOUR)


def test_a_take_out_of_more_than_is_granted_is_refused_and_the_lease_before_still_opens(tmp_path: Path) -> None:
    lender = Lender()
    mine = vault(tmp_path, KeyPlaces())
    keys = mine.make(PIN, lender.answer())
    with pytest.raises(LeaseRefused) as told:
        mine.renew(keys, lender.answer(**SAID), {"all"})
    assert told.value.facts["reason"] == "scopes"
    assert mine.unlock(PIN, NOW + HOUR).dek == keys.dek


@pytest.mark.parametrize(
    "wrong",
    [
        {"permit": None},
        {"approver": None},
        {"approved_at": None},
        {"approved_at": NOW + HOUR},
        {"approver": str(Lender().whose.user)},
        {"win": []},
        {"win": [[NOW, NOW + HOUR]]},
    ],
)
def test_one_without_permit_approved_by_its_holder_or_with_hours_of_its_own_is_refused(
    tmp_path: Path, wrong: dict[str, Any]
) -> None:
    lender = Lender()
    mine = vault(tmp_path, KeyPlaces())
    keys = mine.make(PIN, lender.answer())
    with pytest.raises(LeaseRefused):
        mine.renew(keys, lender.answer(**(SAID | wrong)), SCOPES)
