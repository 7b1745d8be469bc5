"""The recording of v1 in today's numbers of the school: a late edit is a record since registry 1.1 and takes a number.

Nothing else is changed. Clients never compute with these numbers, they tell them again; so do the steps returned here.
"""

import re
from itertools import count
from typing import Any, Final

STOOD: Final = 7
"""Where the recorded school stood when its one late edit came."""
LAST: Final = 9
"""The highest number of the recording."""
_WAIT: Final = re.compile(r"(?<=/wait\?seq=)\d+$")


Scene = tuple[str, list[dict[str, Any]]]


def renumbered(scenes: list[Scene]) -> list[Scene]:
    """Scenes with every number told after the late edit one higher; sums over such rows are left open."""
    holes = count()
    return [(name, [_step(step, holes) for step in steps]) for name, steps in scenes]


def _step(step: dict[str, Any], holes: "count[int]") -> dict[str, Any]:
    if "ask" not in step:
        return step
    asked, answer = step["ask"], step["answer"]
    path = _WAIT.sub(lambda found: str(_place(int(found[0]))), asked["path"])
    body = answer["body"]
    told = {name: _told(name, value) for name, value in body.items()}
    if "sums" in body and body["cursor"] >= STOOD:
        told["sums"] = {scope: _open(classes, holes) for scope, classes in body["sums"].items()}
    asks = asked | {"path": path, "body": _asked(asked["body"])}
    return step | {"ask": asks, "answer": answer | {"body": told}}


def _asked(body: dict[str, Any] | None) -> dict[str, Any] | None:
    return body | {"cursor": _place(body["cursor"])} if body and body.get("cursor") is not None else body


def _told(name: str, value: Any) -> Any:
    match name:
        case "cursor" | "seq":
            return _place(value)
        case "outcomes":
            return [one | {"seq": _version(one["seq"])} if "seq" in one else one for one in value]
        case "del":
            return [[type_, id_, _version(ver)] for type_, id_, ver in value]
        case "frames":
            return [_frame(frame) for frame in value]
        case _:
            return value


def _frame(frame: dict[str, Any]) -> dict[str, Any]:
    at = frame["columns"].index("ver")
    rows = [[_version(cell) if i == at else cell for i, cell in enumerate(row)] for row in frame["rows"]]
    fv = {i: {unit: _version(ver) for unit, ver in units.items()} for i, units in frame.get("fv", {}).items()}
    return frame | {"rows": rows} | ({"fv": fv} if fv else {})


def _open(classes: dict[str, Any], holes: "count[int]") -> dict[str, Any]:
    """Sums are over versions too: only how many rows there are can be held against today's answer."""
    return {name: [f"${{sum_{next(holes)}}}", rows] for name, (_, rows) in classes.items()}


def _place(number: int) -> int:
    """Where the school stands, from the late edit on."""
    return number + 1 if STOOD <= number <= LAST else number


def _version(number: int) -> int:
    """What changed after the late edit."""
    return number + 1 if STOOD < number <= LAST else number
