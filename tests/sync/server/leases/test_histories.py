"""Random histories of take-outs: every lease stands on an approved permit, every start and return in the ledger."""

from pathlib import Path

from tests.campaigns.takeouts import HISTORIES, lived

SEED = 20261126


def test_each_lease_of_a_take_out_stands_on_an_approved_permit_and_the_ledger_misses_nothing(tmp_path: Path) -> None:
    lived(tmp_path, SEED, HISTORIES)
