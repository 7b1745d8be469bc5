"""The messages of signing in: an ID token of the board's provider becomes tokens of the server's own."""

from typing import Literal

from pydantic import Field

from sync.protocol.form import UUID, Answer, Request, Version


class DeviceInfo(Request):
    """The store that signs in: its id, its school when it has one, and what people call the computer."""

    id: UUID
    school: UUID | None = None
    name: str = Field(max_length=100)
    os: str = Field(max_length=40)
    key: dict[str, str] | None = None


class Continues(Request):
    """Which device of the same user the store that signs in goes on from, and why it is one of its own.

    forked: two copies of that device's store were met; lost: its store is gone.
    """

    device: UUID
    why: Literal["forked", "lost"]


class SessionRequest(Request):
    """A fresh ID token of the board's identity provider, to be swapped for the server's own tokens."""

    id_token: str = Field(max_length=16_384)
    r32: str = Field(max_length=64)
    device: DeviceInfo
    continues: Continues | None = None


class RefreshRequest(Request):
    """The refresh token to be swapped for its successor."""

    refresh: str = Field(max_length=128)


class Partition(Answer):
    """A partition this user may read: its id and name (`school`, `board:052010`, `pref:05`)."""

    id: UUID
    name: str


class SessionAnswer(Answer):
    """The server's tokens, who signed in, and what may be read."""

    token: str
    refresh: str
    expires_in: Version
    user: UUID
    staff: UUID | None = None
    device_status: str
    partitions: tuple[Partition, ...]
