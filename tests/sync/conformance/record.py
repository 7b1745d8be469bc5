"""Record the traffic of this release: `python -m tests.sync.conformance.record`.

Run once for a release, looked through, committed, and from then on only replayed. The same code gives the same files.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import select

from sync.protocol.digest import CHAIN_START, chain_next, group_hash
from sync.protocol.version import H_REQUEST
from sync.records.ids import v7
from sync.server.identity.oidc import nonce_for
from sync.server.storage import partitions
from sync.server.storage.tables import record
from tests.sync.conformance.ends import served
from tests.sync.conformance.traffic import FOLDER, Stage
from tests.sync.server.tiny import BOARD, CLASS, MATH, OTHER, PREF, TERM, Tiny, tiny_school
from tests.sync.server.wire import headers

ORDER = (
    *("subject", "school_year", "term", "class", "course", "staff", "duty"),
    *("pupil", "membership", "evidence", "evidence_part"),
)
AT = "2026-11-20T05:31:07.120Z"
WHOLE = {"basis": "manual", "proposed": None, "reason": None, "unrated": None, "rule_version": None}
NOBODY = "018f0000-0000-7000-8000-0000000000ff"


@dataclass(slots=True)
class Teacher:
    """One device as its client sees it."""

    name: str
    user: str
    device: str
    q: int = 0
    chain: str = CHAIN_START
    chains: dict[int, str] = field(default_factory=lambda: {0: CHAIN_START})


@dataclass(slots=True)
class Recorder:
    """Plays a scene on a stage and writes down what was said."""

    stage: Stage
    school: Tiny
    steps: list[dict[str, Any]] = field(default_factory=list)
    count: int = 0

    def server(self, **what: Any) -> None:
        """A step the server takes by itself."""
        self.stage.server(what)
        self.steps.append({"server": what})

    def ask(self, who: Teacher, method: str, path: str, body: Any = None, **holes: str) -> dict[str, Any]:
        """One exchange. holes: {key of the answer: name} of what the next recording will have otherwise."""
        self.count += 1
        request = v7(1_795_000_000_000 + self.count, 0xABC)
        said = headers(who.device, f"${{token_{who.name}}}" if f"token_{who.name}" in self.stage.caught else "")
        asked = {"method": method, "path": path, "headers": said | {H_REQUEST: request}, "body": body}
        reply = self.stage.ask(asked)
        opaque = {key: f"${{{name}}}" for key, name in holes.items() if key in reply.value}
        told = {"status": reply.status, "body": reply.value | opaque}
        wrong = self.stage.differences(told["body"], reply.value)
        assert not wrong, wrong
        self.steps.append({"ask": asked, "answer": told})
        return reply.value

    def pull(self, who: Teacher, partition: str | None = None, /, **body: Any) -> dict[str, Any]:
        """One page; its `next` is opaque."""
        path = f"/v1/schools/{partition or self.school.school}/pull"
        return self.ask(who, "POST", path, body, next=f"next_{self.count + 1}")

    def push(self, who: Teacher, *groups: list[dict[str, Any]], kind: str = "grades.score") -> dict[str, Any]:
        """New groups."""
        items = [item(who.q + n, ops, kind) for n, ops in enumerate(groups, 1)]
        answer = self.send(who, who.chain, items)
        for one in items:
            who.q, who.chain = one["q"], chain_next(who.chain, group_hash(one))
            who.chains[who.q] = who.chain
        return answer

    def send(self, who: Teacher, chain: str, items: list[dict[str, Any]], epoch: str = "") -> dict[str, Any]:
        """Groups as they are."""
        body = {"epoch": epoch or self.stage.caught["epoch"], "chain": chain, "groups": items}
        return self.ask(who, "POST", f"/v1/schools/{self.school.school}/push", body)

    def write(self, folder: Path, name: str, about: str) -> None:
        """End a scene: its steps become a file."""
        text = orjson.dumps(
            {"about": about, "steps": self.steps}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
        )
        (folder / f"{name}.json").write_bytes(text)
        self.steps.clear()


def item(q: int, ops: list[dict[str, Any]], kind: str = "grades.score", rev: int = 0) -> dict[str, Any]:
    """One pushed item."""
    return {"q": q, "rev": rev, "group": {"at": AT, "kind": kind, "ops": ops}}


def create(type_: str, id_: str, **set_: Any) -> dict[str, Any]:
    """One op."""
    return {"do": "create", "type": type_, "id": id_, "set": set_}


def patch(type_: str, id_: str, set_: dict[str, Any], base: dict[str, Any], *resolves: str) -> dict[str, Any]:
    """One op."""
    op = {"do": "patch", "type": type_, "id": id_, "set": set_, "base": base}
    return op | ({"resolves": list(resolves)} if resolves else {})


def delete(type_: str, id_: str, base: int) -> dict[str, Any]:
    """One op."""
    return {"do": "delete", "type": type_, "id": id_, "base": base}


def record_all(folder: Path) -> None:
    """Play and write every scene of this release."""
    folder.mkdir(parents=True, exist_ok=True)
    with _school() as (stage, school, steps):
        recorder = Recorder(stage, school, steps)
        sato = Teacher("sato", school.people["sato"].user, v7(1_795_000_000_000, 1))
        kato = Teacher("kato", school.people["kato"].user, v7(1_795_000_000_000, 2))
        ito = Teacher("ito", school.people["ito"].user, v7(1_795_000_000_000, 3))
        _sign_in(recorder, sato, kato, ito)
        recorder.write(folder, "1-sign-in", "Three teachers sign in, one of them renews the tokens.")
        _load(recorder, sato, kato, ito)
        recorder.write(folder, "2-load", "Grants first and alone, then prefecture, board and school in pages.")
        _push(recorder, sato, kato, ito)
        recorder.write(folder, "3-push", "A push with every outcome a server gives, and every reason to reject.")
        _conflicts(recorder, sato, kato)
        recorder.write(folder, "4-conflict", "One grade given by two teachers: both values kept, seen, resolved.")
        _follow(recorder, sato, kato)
        recorder.write(folder, "5-follow", "Long poll, live pulls, a deletion, sums, a lost answer asked for again.")
        _errors(recorder, sato)
        recorder.write(folder, "6-errors", "What a client is told when it cannot go on as it wanted.")


@contextmanager
def _school() -> Iterator[tuple[Stage, Tiny, list[dict[str, Any]]]]:
    """A stage with the tiny school on it, and the steps that make it again."""
    folder = Path(tempfile.mkdtemp())
    try:
        with served(folder / "model", None) as model:
            school = tiny_school(model.storage, model.clock.now)
            made, edits = _partitions(school), _edits(school)
        with served(folder / "stage", None) as place:
            stage = Stage(place.storage, place.clock, place.url, place.issuer)
            steps: list[dict[str, Any]] = []
            for what in ({"partitions": made}, *({"edit": edit} for edit in edits)):
                stage.server(what)
                steps.append({"server": what})
            stage.caught["epoch"] = made[-1]["epoch"]
            yield stage, school, steps
    finally:
        shutil.rmtree(folder)


def _partitions(school: Tiny) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    with school.storage.database.reading() as connection:
        for id_ in (PREF, BOARD, school.school):
            own = partitions.read(connection, id_)
            assert own is not None
            above = {"board": own.board, "pref": own.pref}
            made.append({"id": id_, "name": own.name, "epoch": own.epoch} | {k: v for k, v in above.items() if v})
    return made


def _edits(school: Tiny) -> Iterator[dict[str, Any]]:
    with school.storage.database.reading() as connection:
        for id_ in (PREF, school.school):
            own = partitions.read(connection, id_)
            assert own is not None
            names = school.storage.names.read(connection, own)
            columns = (record.c.type, record.c.id, record.c.layout, record.c.data)
            rows = connection.execute(select(*columns).where(record.c.school == id_)).all()
            ops = [create(type_, key, **names.unpack(layout, data)) for type_, key, layout, data in rows]
            yield {"partition": id_, "ops": sorted(ops, key=lambda op: (ORDER.index(op["type"]), op["id"]))}


def _sign_in(recorder: Recorder, *teachers: Teacher) -> None:
    for number, who in enumerate(teachers):
        r32 = f"{number}" * 43
        recorder.server(signs_in={"user": who.user, "nonce": nonce_for(r32)})
        device = {"id": who.device, "name": f"職員室PC {number + 1}", "os": "windows"}
        body = {"id_token": "${id_token}", "r32": r32, "device": device | {"school": recorder.school.school}}
        name = who.name
        recorder.ask(who, "POST", "/v1/session", body, token=f"first_{name}", refresh=f"refresh_{name}")
        renewed = {"token": f"token_{name}", "refresh": f"refresh2_{name}"}
        recorder.ask(who, "POST", "/v1/session/refresh", {"refresh": f"${{refresh_{name}}}"}, **renewed)


def _load(recorder: Recorder, sato: Teacher, kato: Teacher, ito: Teacher) -> None:
    for partition in (PREF, BOARD):
        first = recorder.pull(sato, partition)
        recorder.pull(sato, partition, epoch=first["epoch"], grants=first["grants"]["hash"], loading={"all": 0})
    for who in (sato, kato, ito):
        first = recorder.pull(who)
        scopes = sorted({grant["scope"] for grant in first["grants"]["rows"]})
        recorder.stage.caught[f"grants_{who.name}"] = first["grants"]["hash"]
        recorder.stage.caught[f"scopes_{who.name}"] = scopes
        body = {
            "epoch": first["epoch"],
            "grants": first["grants"]["hash"],
            "loading": dict.fromkeys(scopes, 0),
            "max": 8,
        }
        page = recorder.pull(who, **body)
        while "next" in page:
            page = recorder.pull(who, **body, next=f"${{next_{recorder.count}}}")


def _push(recorder: Recorder, sato: Teacher, kato: Teacher, ito: Teacher) -> None:
    school = recorder.school
    one, two, three = school.pupils
    grade = {"course": MATH, "term": TERM, "viewpoint": "know", "@class": CLASS, "basis": "manual"}
    text = "毎日よく話を聞きます。計算が速くなりました。係の仕事も続けました。"
    remark = {"pupil": one, "term": TERM, "box": "s.math", "@class": CLASS, "@lesson": MATH}
    recorder.push(
        sato,
        [create("viewpoint_grade", school.grade(one), pupil=one, value="A", **grade)],
        [create("score", school.score(pupil), **_score(school, pupil)) for pupil in (one, two)],
        [create("remark", school.remark(one, "s.math"), text=text, **remark)],
        [],
    )
    seq, own = 2, school.remark(one, "s.math")
    recorder.push(
        kato,
        [create("viewpoint_grade", school.grade(one), pupil=one, value="A", **grade)],
        [create("viewpoint_grade", school.grade(one), pupil=one, value="C", **grade)],
        [patch("remark", own, {"text": text.replace("毎日", "いつも")}, {"text": seq})],
        [patch("score", school.score(one), {"note": "見直し"}, {"note": seq})],
    )
    recorder.push(
        sato,
        [
            patch(
                "remark",
                school.remark(one, "s.math"),
                {"text": text.replace("続けました", "最後まで続けました")},
                {"text": seq},
            )
        ],
        [patch("score", school.score(two), {"state": "absent", "value": None}, {"state": seq})],
        [patch("score", school.score(two), {"state": "scored", "value": 9000}, {"state": f"q{sato.q + 2}"})],
    )
    recorder.server(tomb_floor={"partition": school.school, "seq": 2})
    mark = {"pupil": school.guest, "date": "2026-11-20", "@classes": [OTHER], "mark": "LATE", "late_at": "08:55"}
    orphan = {"evidence": NOBODY, "viewpoint": "know", "@lesson": MATH, "max": 1, "weight": 1}
    recorder.push(
        sato,
        [create("viewpoint_grade", school.grade(three), pupil=three, value="Z", **grade)],
        [create("attendance", school.key("attendance", **mark), **mark)],
        [create("evidence_part", school.key("evidence_part", **orphan), **orphan)],
        [create("unheard_of", NOBODY)],
        [delete("score", NOBODY, 1)],
        kind="grades.paste",
    )
    recorder.server(tomb_floor={"partition": school.school, "seq": 0})
    year = school.key("school_year", year=2026)
    _seal(recorder, year, sealed=True, base=1)
    recorder.push(sato, [patch("evidence", school.evidence, {"title": "わり算2"}, {"title": 1})])
    _seal(recorder, year, sealed=False, base=5)
    recorder.server(edit={"partition": school.school, "ops": [delete("duty", school.duties["ito.homeroom"], 1)]})
    recorder.push(ito, [create("attendance", school.key("attendance", **mark), **mark)], kind="attendance.mark")


def _seal(recorder: Recorder, year: str, *, sealed: bool, base: int) -> None:
    op = patch("school_year", year, {"sealed": sealed}, {"sealed": base})
    recorder.server(edit={"partition": recorder.school.school, "ops": [op]})


def _conflicts(recorder: Recorder, sato: Teacher, kato: Teacher) -> None:
    school = recorder.school
    id_ = school.grade(school.pupils[0])
    page = _live(recorder, sato, 1)
    conflict = next(
        dict(zip(frame["columns"], row, strict=True))
        for frame in page["frames"]
        if frame["type"] == "conflict"
        for row in frame["rows"]
    )
    version = conflict["ver"] - 1
    recorder.push(
        sato,
        [patch("viewpoint_grade", id_, WHOLE | {"value": "B"}, {"value": version}, conflict["id"])],
        kind="conflict.resolve",
    )
    recorder.push(kato, [patch("viewpoint_grade", id_, {}, {}, conflict["id"])], kind="conflict.resolve")
    _live(recorder, kato, conflict["ver"])


def _follow(recorder: Recorder, sato: Teacher, kato: Teacher) -> None:
    school = recorder.school
    seq = recorder.ask(sato, "GET", f"/v1/schools/{school.school}/wait?seq=0")["seq"]
    recorder.ask(sato, "GET", f"/v1/schools/{school.school}/wait?seq={seq}")
    recorder.push(kato, [delete("score", school.score(school.pupils[1]), 4)])
    _live(recorder, sato, seq)
    _live(recorder, sato, seq + 1)
    scopes = recorder.stage.caught["scopes_sato"]
    body = {"epoch": recorder.stage.caught["epoch"], "cursor": seq + 1, "grants": recorder.stage.caught["grants_sato"]}
    recorder.pull(sato, **body, sums=True)
    recorder.pull(sato, **body, ack=[sato.q - 2, sato.chains[sato.q - 2]])
    recorder.pull(sato, **(body | {"cursor": None}), loading=dict.fromkeys(scopes) | {f"roster:{CLASS}": 0})
    items = [item(sato.q, [], "void"), item(sato.q + 1, [], "void", rev=2)]
    recorder.push(sato, [], kind="void")
    recorder.send(sato, sato.chains[sato.q - 1], [item(sato.q, [], "void"), items[1] | {"q": sato.q + 1}])
    sato.q += 1


def _live(recorder: Recorder, who: Teacher, cursor: int) -> dict[str, Any]:
    """A live pull of everything that changed since."""
    caught = recorder.stage.caught
    return recorder.pull(who, epoch=caught["epoch"], cursor=cursor, grants=caught[f"grants_{who.name}"])


def _errors(recorder: Recorder, sato: Teacher) -> None:
    epoch, grants = recorder.stage.caught["epoch"], recorder.stage.caught["grants_sato"]
    recorder.send(sato, sato.chain, [item(sato.q + 5, [])])
    recorder.send(sato, "f" * 32, [item(sato.q + 1, [])])
    recorder.send(sato, sato.chains[1], [item(2, [], "grades.other")])
    recorder.send(sato, sato.chain, [item(sato.q + 1, [])], epoch=NOBODY)
    recorder.pull(sato, epoch=NOBODY, cursor=1, grants=grants)
    recorder.pull(sato, epoch=epoch, cursor=10**6, grants=grants)
    recorder.pull(sato, epoch=epoch, cursor=1, grants=grants, ack=[1, "f" * 32])
    recorder.pull(sato, epoch=epoch, cursor=1, grants=grants, next="AAAA")
    recorder.pull(sato, cursor=-1)
    recorder.pull(sato, NOBODY)
    recorder.ask(Teacher("nobody", "", sato.device), "POST", f"/v1/schools/{recorder.school.school}/pull", {})
    recorder.ask(sato, "GET", f"/v1/schools/{recorder.school.school}/wait?seq=x")


def _score(school: Tiny, pupil: str) -> dict[str, Any]:
    return {"evidence_part": school.parts["know"], "pupil": pupil, "@lesson": MATH, "state": "scored", "value": 7000}


if __name__ == "__main__":
    record_all(FOLDER / "v1")
