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
        """Whether our server answered."""
        return is_ours(self.status, self.headers)

    @property
    def media(self) -> str:
        """The media type without its parameters, lower case."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    def json(self) -> Any:
        """The JSON value of the body. Raises BadBody when it is damaged, cut off, too large or no JSON."""
        return decode(inflate(self.body, self.headers.get("content-encoding", IDENTITY).strip().lower()))


def is_ours(status: int, headers: Mapping[str, str]) -> bool:
    """Whether our server answered: only then is anything of the body read (protocol.md 13)."""
    number = headers.get(H_PROTOCOL.lower(), "")
    media = headers.get("content-type", "").split(";")[0].strip().lower()
    return number.isascii() and number.isdecimal() and media == _JSON and not 300 <= status < 400


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
