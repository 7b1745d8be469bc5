"""What is of data class I stays on the server: no pull, push or comparison carries a row or a sum of it."""

import pytest

from sync.protocol.messages import VerifyRequest
from sync.records import registry
from sync.records.record import Fields, RecordType
from sync.records.roles import DataClass
from sync.server import access
from sync.server.storage import records
from tests.sync.conformance.desk import Desk
from tests.sync.conformance.ends import World
from tests.sync.server.tiny import MATH

LESSON = f"lesson:{MATH}"


@pytest.fixture
def _scores_of_class_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """No type is of class I yet: here scores are, and conflicts about them."""

    def data_class_of(type_: RecordType, fields: Fields) -> DataClass:
        meant = registry.followed(type_, fields)
        return DataClass.I if meant.name == "score" else meant.data_class

    monkeypatch.setattr(records, "data_class_of", data_class_of)
    monkeypatch.setattr(access, "data_class_of", data_class_of)


def _types(desk: Desk) -> set[str]:
    return {row.type for row in desk.rows.values()}


@pytest.mark.usefixtures("_scores_of_class_one")
def test_nothing_of_class_one_leaves_the_server(world: World) -> None:
    follower, pupil = world.desk("sato"), world.school.pupils[0]
    world.school.edit(world.school.new_score(pupil, state="pending"), world.school.new_grade(pupil, "A"))
    follower.sync()
    loader = world.desk("sato")
    for desk in (follower, loader):
        assert "viewpoint_grade" in _types(desk), "what stands beside it comes"
        assert "score" not in _types(desk)
        assert desk.computed_sums() == desk.told_sums()
    told = loader.push([world.school.new_score(pupil, state="absent")])[0]
    assert told.outcome == "conflict_kept"
    assert _types(loader).isdisjoint({"score", "conflict"}), "nor with the answer to a push"


@pytest.mark.usefixtures("_scores_of_class_one")
def test_nothing_of_class_one_is_compared(world: World) -> None:
    pupil = world.school.pupils[0]
    world.school.edit(world.school.new_score(pupil, state="pending"), world.school.new_grade(pupil, "A"))
    desk = world.desk("sato")
    assert desk.epoch is not None
    assert desk.cursor is not None
    asked = VerifyRequest(epoch=desk.epoch, cursor=desk.cursor, grants=desk.hash, scope=LESSON)
    sums = desk.backend.verify(desk.school, asked).sums
    others = [row for row in desk.rows.values() if LESSON in row.scopes and row.type != "score"]
    assert sum(count for _, count in sums.values()) == len(others)
    rows = desk.backend.verify(desk.school, asked.model_copy(update={"buckets": tuple(range(256))}))
    assert {frame.type for frame in rows.frames} == {row.type for row in others}
