"""The parts of `make fuzz`: every property of the tests that takes no server, with as many examples as asked for."""

import importlib
import inspect
from collections.abc import Callable, Iterator
from typing import Any, Final

from hypothesis import HealthCheck, Phase, settings

from tests.campaigns.part import Part, Place, Tally

EXAMPLES: Final = 20_000
MODULES: Final = {
    "tests.client.grades.test_rules": "P19",
    "tests.client.grades.test_hostile": "P19",
    "tests.client.vault.test_header": "P8",
    "tests.client.vault.test_hostile": "P8",
    "tests.client.vault.test_keys": "P8",
    "tests.client.widgets.grid.test_paste": "P19",
    "tests.client.widgets.test_texts": "P19",
    "tests.sync.engine.test_reply": "P19",
    "tests.sync.protocol.test_codec": "P19",
    "tests.sync.protocol.test_digest": "P19",
    "tests.sync.protocol.test_frames": "P19",
    "tests.sync.protocol.test_hostile": "P19",
    "tests.sync.protocol.test_journal": "P5",
    "tests.sync.records.test_merge": "P13",
    "tests.sync.records.test_roster": "P13",
    "tests.sync.records.test_versions": "P13",
    "tests.sync.server.decide.test_late": "P16",
    "tests.sync.server.decide.test_oracle": "P16",
    "tests.sync.server.leases.test_hours": "P9",
    "tests.sync.server.roster.test_hostile": "P19",
}
"""Where they are, and the row of the test plan."""


def parts(examples: int) -> list[Part]:
    """One for each property, with so many examples from each seed."""
    return [
        Part(f"{module.removeprefix('tests.')}:{name}", promise, "examples", 0, 1, _played(test, examples))
        for module, promise in MODULES.items()
        for name, test in _properties(module)
    ]


def _properties(module: str) -> Iterator[tuple[str, Any]]:
    """The properties in a module that can be tried as they are: a fixture belongs to a test run."""
    for name, test in vars(importlib.import_module(module)).items():
        if name.startswith("test_") and hasattr(test, "hypothesis") and not inspect.signature(test).parameters:
            yield name, test


def _played(test: Any, examples: int) -> Callable[[Place, int], Tally]:
    def play(_: Place, seed: int) -> Tally:
        test._hypothesis_internal_use_seed = seed
        test._hypothesis_internal_use_settings = settings(
            max_examples=examples,
            database=None,
            deadline=None,
            derandomize=False,
            print_blob=True,
            phases=(Phase.explicit, Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )
        test()
        return Tally(examples)

    return play
