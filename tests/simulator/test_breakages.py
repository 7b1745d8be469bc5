"""The places where the product is broken on purpose are still there."""

import ast
from pathlib import Path

import pytest

from tests.simulator.breakages import MUTANTS, Mutant

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_has_one_place_and_is_still_a_program(mutant: Mutant) -> None:
    for path, text in mutant.broken(ROOT):
        ast.parse(text)
        assert text != path.read_text("utf-8")


def test_the_list_of_what_was_seen_names_every_mutant() -> None:
    told = (ROOT / "tests/simulator/MUTANTS.md").read_text("utf-8")
    assert [
        mutant.name for mutant in MUTANTS if f"| {mutant.breaks} | {mutant.name} | `{mutant.file}`" not in told
    ] == []
