"""The door a browser comes back through opens for one answer only (security.md 9.1)."""

import http.client
import socket
import threading
from collections.abc import Callable
from time import monotonic
from urllib.parse import urlsplit

from client.unlock.loopback import Loopback


def knock(uri: str, path: str, method: str = "GET") -> tuple[int, str]:
    url = urlsplit(uri)
    connection = http.client.HTTPConnection(str(url.hostname), int(url.port or 0), timeout=5)
    connection.request(method, path)
    answer = connection.getresponse()
    said = answer.status, answer.read().decode()
    connection.close()
    return said


def behind(door: Loopback, do: Callable[[], object]) -> dict[str, str] | None:
    """What the door let in while `do` knocked from another thread."""
    thread = threading.Thread(target=do)
    thread.start()
    said = door.answer("s1", "もどって <b>", 5, lambda: False)
    thread.join()
    return None if said is None else dict(said)


def test_the_return_with_the_right_state_comes_in_and_the_browser_is_told() -> None:
    told: list[tuple[int, str]] = []
    with Loopback() as door:
        said = behind(door, lambda: told.append(knock(door.uri, "/callback?code=c%2F1&state=s1")))
    assert said == {"code": "c/1", "state": "s1"}
    assert told[0][0] == 200
    assert "もどって &lt;b&gt;" in told[0][1]


def test_whatever_else_knocks_does_not_end_the_waiting() -> None:
    told: list[int] = []

    def others(uri: str) -> None:
        url = urlsplit(uri)
        with socket.create_connection((str(url.hostname), int(url.port or 0))) as early:
            told.extend(
                knock(uri, path)[0]
                for path in (
                    "/favicon.ico",
                    "/callback?code=x&state=other",
                    "/callback?code=x",
                    "/other?code=x&state=s1",
                    "/callback?code=x&code=y&state=s1",
                )
            )
            told.append(knock(uri, "/callback?code=x&state=s1", "POST")[0])
            early.close()
        told.append(knock(uri, "/callback?code=good&state=s1")[0])

    with Loopback() as door:
        said = behind(door, lambda: others(door.uri))
    assert said == {"code": "good", "state": "s1"}
    assert told == [404] * 6 + [200]


def test_a_cancelled_waiting_ends_at_once_and_a_long_one_when_its_time_is_over() -> None:
    began = monotonic()
    with Loopback() as door:
        assert door.answer("s1", "", 60, lambda: True) is None
        assert door.answer("s1", "", 0.05, lambda: False) is None
    assert monotonic() - began < 5


def test_nothing_listens_after_the_answer() -> None:
    with Loopback("localhost") as door:
        uri = door.uri
    assert uri.startswith("http://localhost:")
    with socket.socket() as client:
        assert client.connect_ex(("127.0.0.1", int(urlsplit(uri).port or 0))) != 0
