"""The tokens of a session, and where they are kept: never anywhere but in memory and in the encrypted store."""

from dataclasses import dataclass
from typing import Annotated, Protocol

from pydantic import Field

from sync.protocol.form import Answer


@dataclass(frozen=True, slots=True)
class Tokens:
    """What proves a session to the server. `access` lives minutes, `refresh` days."""

    access: str
    refresh: str

    def __repr__(self) -> str:
        return "Tokens(…)"


Token = Annotated[str, Field(pattern=r"^[\x21-\x7e]{1,512}$")]


class TokensAnswer(Answer):
    """What every answer that gives tokens has in common; a token must fit into a header."""

    token: Token
    refresh: Token


class TokenKeeper(Protocol):
    """Where a device's tokens lie. Called in the sync thread."""

    def tokens(self) -> Tokens | None:
        """The newest ones kept; None before a sign-in and after a sign-out."""
        ...

    def keep(self, tokens: Tokens) -> None:
        """Keep these for good. Returns only when they would survive a power cut: they are used from then on."""
        ...


class HeldTokens:
    """Tokens in memory only: while a store does not exist yet, and where nothing may stay on the disk."""

    def __init__(self, tokens: Tokens | None = None) -> None:
        self._tokens = tokens

    def tokens(self) -> Tokens | None:
        """The newest ones."""
        return self._tokens

    def keep(self, tokens: Tokens) -> None:
        """Keep these until the process ends."""
        self._tokens = tokens
