"""What an answer stands for: a value of our server, an error it names, or somebody else speaking in its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sync.errors import KeyakiError
from sync.protocol.codec import IDENTITY, decode, inflate
from sync.protocol.errors import BadBody, CaptivePortal, NotOurs, ProxyLimit, ProxyRefused, ServerBusy, error_from
from sync.protocol.version import H_PROTOCOL

RETRY_MAX_S = 3600
"""No server sends a client away for longer than this."""
_JSON = "application/json"
_OCTETS: Final = "application/octet-stream"
_TURNED_AWAY: Final = frozenset({403, 405, 407, 431, 451})
"""What filters and proxies answer where they do not let through."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came. Header names are lower case; the body is still in its content encoding."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_ours(self) -> bool:
        """Whether our server answered, with a JSON value."""
        return is_ours(self.status, self.headers)

    @property
    def is_octets(self) -> bool:
        """Whether our server answered with bytes of a file."""
        return is_ours(self.status, self.headers, octets=True) and self.media == _OCTETS

    @property
    def media(self) -> str:
        """The media type without its parameters, lower case."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    def json(self) -> Any:
        """The JSON value of the body. Raises BadBody when it is damaged, cut off, too large or no JSON."""
        return decode(inflate(self.body, self.headers.get("content-encoding", IDENTITY).strip().lower()))


def is_ours(status: int, headers: Mapping[str, str], *, octets: bool = False) -> bool:
    """Whether our server answered: only then is anything of the body read (protocol.md 13).

    octets: bytes of a file were asked for, so that the answer may be these instead of JSON.
    """
    number = headers.get(H_PROTOCOL.lower(), "")
    media = headers.get("content-type", "").split(";")[0].strip().lower()
    form = media == _JSON or (octets and media == _OCTETS and 200 <= status < 300)
    return number.isascii() and number.isdecimal() and form and not 300 <= status < 400


def value_of(reply: Reply) -> Any:
    """The JSON value our server answered with.

    Raises the error it names; ServerBusy for every 5xx; CaptivePortal, ProxyRefused, ProxyLimit or NotOurs when
    somebody else answered; BadBody when its body is damaged. Nothing is known of the request then; a repeat is safe.
    """
    if not reply.is_ours:
        raise foreign(reply)
    if 200 <= reply.status < 300:
        return reply.json()
    raise _named(reply)


def octets_of(reply: Reply, start: int, most: int) -> bytes:
    """The bytes of a file our server answered with, from `start` on, at most so many.

    Raises as `value_of` does; BadBody also where they are other bytes than those asked for.
    """
    if not reply.is_octets:
        value_of(reply)
        raise BadBody(reason="octets")
    said = reply.headers.get("content-range", "")
    end = start + len(reply.body)
    if (
        not said.startswith(f"bytes {start}-{end - 1}/")
        or len(reply.body) > most
        or "content-encoding" in reply.headers
    ):
        raise BadBody(reason="range")
    return reply.body


def foreign(reply: Reply) -> KeyakiError:
    """Who answered in our server's place, by the status and media type alone: the body is nobody's business."""
    status = reply.status
    if status in _TURNED_AWAY:
        return ProxyRefused(status=status)
    if status == 413:
        return ProxyLimit(status=status)
    if status == 511 or 300 <= status < 400 or (status < 400 and reply.media == "text/html"):
        return CaptivePortal(status=status)
    if status >= 500 or status in (408, 429):
        return _busy(status, reply.headers.get("retry-after"))
    return NotOurs(status=status)


def _named(reply: Reply) -> KeyakiError:
    """The error our server names. A 5xx is never an outcome, whatever its body says (protocol.md 7)."""
    try:
        error = error_from(reply.json())
    except BadBody as damaged:
        error = damaged
    if isinstance(error, ServerBusy):
        return _busy(reply.status, error.facts.get("retry_s"))
    return _busy(reply.status, reply.headers.get("retry-after")) if reply.status >= 500 else error


def _busy(status: int, retry: object) -> ServerBusy:
    """`retry` as a header or a body says it; anything but a sane number of seconds is left out."""
    seconds = int(retry) if isinstance(retry, str) and retry.isascii() and retry.isdecimal() else retry
    if isinstance(seconds, int) and 0 <= seconds <= RETRY_MAX_S:
        return ServerBusy(status=status, retry_s=seconds)
    return ServerBusy(status=status)
