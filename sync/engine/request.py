"""What a request says of who asks, where it goes, and its body as it travels."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from sync.errors import SiteError
from sync.protocol.codec import IDENTITY, SMALL, ZSTD, compress, encode
from sync.protocol.errors import TooLarge
from sync.protocol.version import (
    BODY_MAX,
    H_CLIENT,
    H_DEVICE,
    H_POLICY,
    H_PROTOCOL,
    H_REQUEST,
    H_SCHEMA,
    INFLATED_MAX,
    PROTOCOL,
)
from sync.records.registry import NUMBER

LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


class AddressRefused(SiteError):
    """The server address is not https (http is for a demo on this very computer). Fact `address`."""

    NUMBER = 6012


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One request. silence_s: how long the other side may stay silent, None = as usual.

    foreign: the other side is not our server, so its body is read whatever it is. octets: the answer may be bytes of a
    file. arrived: holds what has come of them when the call breaks off.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes | None = None
    silence_s: float | None = None
    foreign: bool = False
    octets: bool = False
    arrived: bytearray | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """What every request says of the program and the store that ask. `client` = version of the program."""

    device: str
    client: str
    schema: str = str(NUMBER)
    policy: str = ""

    def headers(self, request: str, token: str = "") -> dict[str, str]:
        """The headers of one request. request: an id of its own; token: what proves the session, if there is one."""
        said = {
            H_PROTOCOL: str(PROTOCOL),
            H_SCHEMA: self.schema,
            H_CLIENT: self.client,
            H_DEVICE: self.device,
            H_POLICY: self.policy,
            H_REQUEST: request,
            "Authorization": f"Bearer {token}" if token else "",
        }
        return {name: value for name, value in said.items() if value}


def checked(address: str) -> str:
    """A server address without its last slash. Raises AddressRefused unless it is https, or http to this computer."""
    try:
        url = urlsplit(address)
        host, _ = url.hostname, url.port
    except ValueError as error:
        raise AddressRefused(address=address) from error
    sound = url.scheme == "https" or (url.scheme == "http" and host in LOOPBACK)
    if not (sound and host) or "@" in url.netloc or url.query or url.fragment or not address.isascii():
        raise AddressRefused(address=address)
    return address.rstrip("/")


def packed(message: object, most: int = BODY_MAX) -> tuple[bytes, dict[str, str]]:
    """A request body and its headers. Raises TooLarge above `most` bytes on the wire, or what a body may swell to."""
    plain = encode(message)
    encoding = ZSTD if len(plain) > SMALL else IDENTITY
    body = compress(plain, encoding)
    if len(body) > most or len(plain) > INFLATED_MAX:
        raise TooLarge(size_bytes=len(plain))
    form = {"Content-Type": "application/json"}
    return body, form if encoding == IDENTITY else form | {"Content-Encoding": encoding}
