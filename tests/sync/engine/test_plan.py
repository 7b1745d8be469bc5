"""What to do next: a table of situations and the steps they call for."""

import pytest

from sync.engine.plan import Action, Apply, Done, LoadScopes, Pull, Push, in_use, plan, tier
from sync.engine.store import Load, PartitionState, Scope, ScopeState, StoreState

NONE, LIVE = Scope(ScopeState.NONE), Scope(ScopeState.LIVE)
LOADED = Scope(ScopeState.LOADING, 40)
FRESH = PartitionState("s", "school")
LIVING = PartitionState("s", "school", "e", 50, "g", {"all": LIVE})
STAGED = PartitionState("s", "school", "e", 50, "g", {"all": LIVE}, ready=True)
SHARED = PartitionState("p", "pref:05", "e", 7, "g", {"all": LIVE}, due=False)
UNDER_WAY = Load({"lesson:1": 0}, "next")


def having(*partitions: PartitionState, waiting: int = 0) -> StoreState:
    """A store with these partitions; the school is `s`."""
    return StoreState("s", partitions, waiting, None)


def granted(**scopes: Scope) -> PartitionState:
    """A school whose grants are known but of which nothing is live yet."""
    return PartitionState("s", "school", "e", None, "g", scopes)


@pytest.mark.parametrize(
    ("store", "done", "steps"),
    [
        (having(FRESH), Done(), [Pull("s")]),
        (having(FRESH, waiting=3), Done(), [Pull("s")]),
        (having(LIVING), Done(), [Pull("s")]),
        (having(LIVING), Done(frozenset("s")), []),
        (having(LIVING, waiting=2), Done(), [Push(), Pull("s")]),
        (having(LIVING, waiting=2), Done(mute=True), [Pull("s")]),
        (having(SHARED, LIVING), Done(), [Pull("s")]),
        (having(granted(all=NONE)), Done(), [LoadScopes("s", Load({"all": 0}))]),
        (
            having(PartitionState("s", "school", "e", None, "g", {"all": LOADED}, UNDER_WAY)),
            Done(),
            [LoadScopes("s", UNDER_WAY)],
        ),
        (
            having(PartitionState("s", "school", "e", 30, "g", {"all": LIVE, "notes:1": LOADED})),
            Done(frozenset("s")),
            [Pull("s")],
        ),
        (
            having(PartitionState("s", "school", "e", 50, "g", {"all": LIVE}, ready=True)),
            Done(),
            [Apply("s"), Pull("s")],
        ),
    ],
)
def test_each_situation_calls_for_its_steps(store: StoreState, done: Done, steps: list[Action]) -> None:
    assert list(plan(store, done)) == steps


def test_names_are_loaded_before_this_term_and_this_term_before_earlier_years() -> None:
    store = having(granted(**{"past:1": NONE, "lesson:1": NONE, "roster:1": NONE, "all": NONE}))
    loads = [step.load for step in plan(store, Done()) if isinstance(step, LoadScopes)]
    assert [load.names for load in loads] == [("all", "roster:1"), ("lesson:1",), ("past:1",)]


def test_a_load_names_every_scope_that_is_not_live_and_reads_only_those_it_loads() -> None:
    scopes = {"all": LIVE, "lesson:1": NONE, "past:1": NONE, "notes:1": LOADED}
    store = having(PartitionState("s", "school", "e", 50, "g", scopes))
    first = next(step for step in plan(store, Done(frozenset("s"))) if isinstance(step, LoadScopes))
    assert first.load.loading == {"lesson:1": 0, "notes:1": None, "past:1": None}


def test_what_is_saved_while_groups_are_sent_waits_until_something_else_was_done() -> None:
    begun = Done(last=7)
    assert list(plan(StoreState("s", (LIVING,), 3, None, 7, 9), begun)) == [Push(), Pull("s")]
    assert list(plan(StoreState("s", (LIVING,), 2, None, 8, 9), begun)) == [Pull("s")]


def test_pushing_goes_on_when_pulling_was_done() -> None:
    assert list(plan(having(LIVING, waiting=1), Done(frozenset("s")))) == [Push()]


def test_a_store_is_in_use_once_more_than_names_is_live() -> None:
    assert not in_use(having(granted(**{"all": LIVE, "roster:1": LIVE, "lesson:1": NONE})))
    assert in_use(having(granted(**{"all": LIVE, "lesson:1": LIVE})))


def test_scopes_rank_by_what_a_teacher_needs_first() -> None:
    assert [tier(name) for name in ("all", "roster:2026:3-2", "class:2026:3-2", "yoroku:2026:3-2")] == [0, 0, 1, 2]
