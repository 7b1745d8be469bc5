"""Attached files as bytes on a wire: what headers may say, and what is answered to part of a file."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from sync.protocol.messages import Create
from sync.records.blobs import Blob, file_set
from sync.server.identity import tokens
from sync.server.identity.tokens import SignedIn
from sync.server.settings import TokenTimes
from tests.sync.conformance.ends import Place
from tests.sync.server.wire import Reply, call, headers

DATA = bytes(range(256)) * 40
BLOB = Blob(hashlib.sha256(DATA).hexdigest(), "image/png", len(DATA))
SIZE = len(DATA)
Ask = Callable[..., Reply]


@pytest.fixture
def ask(shop: Place) -> Ask:
    """Asks for a file of a school of this test's own, as one of its teachers."""
    school = shop.new_school()
    caller = shop.enrol(school, "sato", "PC")
    who = SignedIn(caller.user, caller.staff, caller.device, caller.school, 0, "pwd otp")
    token = tokens.issue(shop.storage, who, TokenTimes(), shop.clock.now).access
    fields = {"author": caller.staff, "title": "学年だより", "body": "本文", "files": file_set([BLOB])}
    assert school.edit(Create(type="notice", id=school.ids(), set=fields)).outcome == "applied"

    def asked(method: str, body: bytes | None = None, sha256: str = BLOB.sha256, **more: str) -> Reply:
        said = headers(caller.device, token) | {name.replace("_", "-"): text for name, text in more.items()}
        return call(shop.url, method, f"/v1/schools/{school.school}/blobs/{sha256}", said, body)

    return asked


@pytest.fixture
def there(ask: Ask) -> Ask:
    """The same, with the file uploaded."""
    answer = ask("PUT", DATA, Content_Range=f"bytes 0-{SIZE - 1}/{SIZE}")
    assert (answer.status, answer.value) == (200, {"got": SIZE})
    return ask


def test_a_whole_file_is_bytes_with_their_hash_as_tag_and_the_protocols_headers(there: Ask) -> None:
    answer = there("GET")
    assert (answer.status, answer.body) == (200, DATA)
    said = answer.headers
    assert (said["content-type"], said["etag"]) == ("application/octet-stream", f'"{BLOB.sha256}"')
    assert (said["accept-ranges"], said["keyaki-protocol"], said["content-length"]) == ("bytes", "1", str(SIZE))
    assert said["cache-control"] == "private, no-store"
    head = there("HEAD")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(SIZE))


@pytest.mark.parametrize(
    ("asked", "first", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=100-299", 100, 300),
        (f"bytes=10000-{SIZE * 2}", 10_000, SIZE),
        ("bytes=10000-", 10_000, SIZE),
        ("bytes=-40", SIZE - 40, SIZE),
        ("bytes=-999999", 0, SIZE),
    ],
)
def test_part_of_a_file_is_that_part(there: Ask, asked: str, first: int, end: int) -> None:
    answer = there("GET", Range=asked)
    assert (answer.status, answer.body) == (206, DATA[first:end])
    assert answer.headers["content-range"] == f"bytes {first}-{end - 1}/{SIZE}"


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=9-3", "bytes=-0"])
def test_a_part_that_is_not_there_is_said_to_be_none(there: Ask, asked: str) -> None:
    answer = there("GET", Range=asked)
    assert (answer.status, answer.headers["content-range"]) == (416, f"bytes */{SIZE}")


@pytest.mark.parametrize("asked", ["lines=1-2", "bytes=0-1,5-6", "bytes=a-b", "bytes=-", ""])
def test_what_is_no_single_range_gets_all_of_it(there: Ask, asked: str) -> None:
    assert there("GET", Range=asked).body == DATA


def test_a_copy_that_is_known_is_not_sent_again(there: Ask) -> None:
    assert there("GET", If_None_Match=f'"{BLOB.sha256}"').status == 304
    assert there("GET", If_None_Match='"other"').status == 200
    assert there("GET", Range="bytes=0-3", If_Range='"other"').status == 200
    assert there("GET", Range="bytes=0-3", If_Range=f'"{BLOB.sha256}"').status == 206


@pytest.mark.parametrize(
    ("said", "body"),
    [
        ({}, DATA),
        ({"Content_Range": "bytes 0-9/10240"}, DATA),
        ({"Content_Range": "bytes 0-10239/10239"}, DATA),
        ({"Content_Range": "bytes 0-10239/*"}, DATA),
        ({"Content_Range": "bytes 5-4/10240"}, b""),
        ({"Content_Range": "bytes */10240"}, b"x"),
        ({"Content_Range": "bytes */0"}, b""),
        ({"Content_Range": "bytes -1-2/9"}, b"xxxx"),
        ({"Content_Range": f"bytes 0-0/{'9' * 40}"}, b"x"),
        ({"Content_Range": "bytes 0-10239/10240", "Content_Encoding": "gzip"}, DATA),
    ],
)
def test_an_upload_that_does_not_say_soundly_what_it_is_is_refused(ask: Ask, said: dict[str, str], body: bytes) -> None:
    answer = ask("PUT", body, **said)
    assert (answer.status, answer.code) == (400, "BAD_REQUEST")
    assert ask("GET").code == "FILE_COMING"


@pytest.mark.parametrize(
    "sha256", ["A" * 64, "a" * 63, "a" * 65, "g" * 64, "..%2F..%2Fserver.db", "%00", "a" * 64 + "%0A"]
)
def test_a_path_that_is_no_hash_leads_nowhere(ask: Ask, sha256: str) -> None:
    assert ask("GET", sha256=sha256).status in (403, 404)
    answer = ask("PUT", b"x", sha256=sha256, Content_Range="bytes 0-0/1")
    assert (answer.status, answer.code) == (400, "BAD_REQUEST") or answer.status == 404


@pytest.mark.parametrize(
    ("size", "length", "status", "code"),
    [(21 * 2**20, 1, 413, "TOO_LARGE"), (20 * 2**20, 3 * 2**20, 413, "TOO_LARGE")],
)
def test_what_is_too_large_is_refused(ask: Ask, size: int, length: int, status: int, code: str) -> None:
    answer = ask("PUT", bytes(length), Content_Range=f"bytes 0-{length - 1}/{size}")
    assert (answer.status, answer.code) == (status, code)


def test_who_is_not_signed_in_gets_and_puts_nothing(shop: Place, there: Ask) -> None:
    nobody: dict[str, Any] = {"Authorization": "Bearer x"}
    assert there("GET", **nobody).status == 401
    assert there("PUT", b"x", Content_Range="bytes 0-0/1", **nobody).status == 401


def test_other_ways_of_asking_are_not_known(there: Ask) -> None:
    assert [there(method).status for method in ("DELETE", "POST", "PATCH")] == [405] * 3
