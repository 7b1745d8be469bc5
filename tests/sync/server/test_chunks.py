"""Chunks over HTTP: what their answers say, and how a client gets them over a network that cuts, stalls and tampers."""

import random
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from sync.engine.http import HttpBackend
from sync.engine.request import Caller as RequestCaller
from sync.engine.tokens import HeldTokens, Tokens
from sync.engine.transport import Patience, Transport
from sync.errors import KeyakiError
from sync.protocol.errors import BadBody, CaptivePortal, ChunkGone, ProxyRefused, Unreachable
from sync.protocol.messages import Chunk
from sync.server.caller import Caller
from sync.server.identity import tokens
from sync.server.identity.tokens import SignedIn
from sync.server.settings import TokenTimes
from sync.server.snapshots import pack
from tests.kit import chaos as faults
from tests.kit.chaos import ChaosProxy
from tests.sync.conformance.desk import Desk
from tests.sync.conformance.ends import Place
from tests.sync.server.tiny import Tiny, creates
from tests.sync.server.wire import call, headers

QUICK = Patience(connect_s=2, stall_s=0.5, poll_s=5, whole_s=30)
PATH = "/snapshots/"


class Line:
    """A teacher's device whose school has one large chunk, and its way there through the chaos proxy."""

    def __init__(self, place: Place) -> None:
        self.place, self.school = place, place.new_school()
        _remarks(self.school)
        pack(place.storage, self.school.school, range(1, 40), place.clock)
        self.caller: Caller = place.enrol(self.school, "sato", "PC")
        who = SignedIn(self.caller.user, self.caller.staff, self.caller.device, self.caller.school, 0, "pwd otp")
        pair = tokens.issue(place.storage, who, TokenTimes(), place.clock.now)
        self.token = pair.access
        url = urlsplit(place.url)
        self.proxy = ChaosProxy((str(url.hostname), int(url.port or 0)))
        self.transport = Transport(QUICK)
        keeper = HeldTokens(Tokens(pair.access, pair.refresh))
        self.backend = HttpBackend(self.proxy.address, RequestCaller(self.caller.device, "0.1"), keeper, self.transport)
        desk = Desk(place.core(self.caller), self.school.school, chunked=True)
        desk.sync()
        self.chunk = max(desk.chunks.values(), key=lambda chunk: chunk.size)
        self.others = [chunk for chunk in desk.chunks.values() if chunk != self.chunk]
        self.frames = desk.backend.get_chunks(self.school.school, [self.chunk])

    def get(self, *chunks: Chunk) -> object:
        return self.backend.get_chunks(self.school.school, chunks or (self.chunk,))

    def ask(self, path: str, **more: str) -> tuple[int, dict[str, str], bytes]:
        said = headers(self.caller.device, self.token) | {name.replace("_", "-"): value for name, value in more.items()}
        reply = call(self.place.url, "GET", f"/v1/schools/{self.school.school}/snapshots/{path}", said)
        return reply.status, dict(reply.headers), reply.body

    @property
    def asked_from(self) -> list[int]:
        """From which byte on each request asked."""
        heads = [request.partition(b"\r\n\r\n")[0].decode() for request in self.proxy.requests]
        ranges = [line.partition("bytes=")[2] for head in heads for line in head.split("\r\n") if line[:6] == "Range:"]
        return [int(said.split("-")[0]) for said in ranges]


@pytest.fixture(scope="module")
def one_line(shop: Place) -> Iterator[Line]:
    made = Line(shop)
    yield made
    made.backend.close()
    made.proxy.close()


@pytest.fixture
def line(one_line: Line) -> Line:
    one_line.proxy.heal()
    one_line.proxy.requests.clear()
    return one_line


def test_a_chunk_is_large_enough_for_what_is_tried_here(line: Line) -> None:
    assert 40_000 < line.chunk.size < 1024 * 1024
    assert line.get() == line.frames


def test_a_broken_download_goes_on_where_it_broke(line: Line) -> None:
    line.proxy.plan(faults.cut_middle, PATH, times=2)
    assert line.get() == line.frames
    asked = line.asked_from
    assert asked[0] == 0
    assert abs(asked[1] - line.chunk.size // 2) < 10, "half of it had come"
    assert asked == sorted(set(asked)), "no byte is asked for twice"


def test_a_download_that_was_given_up_goes_on_when_it_is_asked_for_again(line: Line) -> None:
    line.proxy.plan(faults.cut_middle, PATH)
    line.proxy.plan(faults.silent, PATH)
    with pytest.raises(Unreachable):
        line.get()
    line.proxy.heal()
    assert line.get() == line.frames
    _, again, later, *_ = line.asked_from
    assert again == later > line.chunk.size // 3, "and not from the start"


def test_other_chunks_are_never_put_together_with_what_had_come(line: Line) -> None:
    line.proxy.plan(faults.cut_middle, PATH)
    line.proxy.plan(faults.silent, PATH)
    with pytest.raises(Unreachable):
        line.get()
    line.proxy.heal()
    assert line.get(*line.others, line.chunk) == (*line.get(*line.others), *line.frames)


def test_what_never_comes_though_the_server_is_there_is_given_up(line: Line) -> None:
    line.proxy.default = faults.silent
    with pytest.raises(Unreachable):
        line.get()
    with pytest.raises(ChunkGone):
        line.get()


def test_many_chunks_come_in_one_call(line: Line) -> None:
    whole = line.get(*line.others, line.chunk)
    assert whole == (*line.place.core(line.caller).get_chunks(line.school.school, line.others), *line.frames)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.html, CaptivePortal),
        (faults.proxy_407, ProxyRefused),
        (faults.flipped, BadBody),
        (faults.not_json, BadBody),
        (faults.answer(b"x" * 50_000, "206 Partial Content", "application/octet-stream"), KeyakiError),
    ],
)
def test_no_other_bytes_are_ever_taken_for_a_chunk(line: Line, fault: faults.Fault, error: type[Exception]) -> None:
    line.proxy.plan(fault, PATH)
    with pytest.raises(error):
        line.get()
    assert line.get() == line.frames, "nor do they stay in the way"


def test_a_chunk_is_given_whole_or_in_part_and_never_twice_to_whoever_has_it(line: Line) -> None:
    status, said, whole = line.ask(line.chunk.id)
    assert (status, len(whole), said["content-type"]) == (200, line.chunk.size, "application/octet-stream")
    assert "private" in said["cache-control"]
    assert said["accept-ranges"] == "bytes"
    status, part, body = line.ask(line.chunk.id, Range="bytes=100-199")
    assert (status, body, part["content-range"]) == (206, whole[100:200], f"bytes 100-199/{line.chunk.size}")
    assert line.ask(line.chunk.id, If_None_Match=said["etag"])[0] == 304
    assert line.ask(line.others[0].id)[1]["etag"] != said["etag"]
    assert line.ask(line.chunk.id, Range=f"bytes={line.chunk.size}-")[0] == 416


@pytest.mark.parametrize("path", ["x", "0" * 31, "0" * 32 + ",", "0" * 33, ",".join(["0" * 32] * 65), "F" * 32])
def test_a_path_that_names_no_chunks_is_refused(line: Line, path: str) -> None:
    assert line.ask(path)[0] == 400


def test_an_unknown_chunk_is_gone(line: Line) -> None:
    assert line.ask("0" * 32)[0] == 410


def _remarks(school: Tiny) -> None:
    """Remarks that cannot be packed small."""
    boxes = [(pupil, f"b{n}") for pupil in school.pupils for n in range(80)]
    creates(school, (school.new_remark(pupil, _noise(box + pupil), box=box) for pupil, box in boxes))


def _noise(seed: str) -> str:
    """A text without repetition."""
    made = random.Random(seed)
    return "".join(chr(made.randrange(0x4E00, 0x9000)) for _ in range(120))
