"""What every message is made of: two kinds of frozen models, and the forms of the values that come again and again.

Requests refuse keys they do not know, answers ignore them: an older client meets a newer server more often than the
reverse.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

UUID = Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Chain = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Stamp = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]{0,63}$")]
ChunkId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Version = Annotated[int, Field(strict=True, ge=0, le=2**53)]
Base = Version | Annotated[str, Field(pattern=r"^q[1-9][0-9]{0,15}$")]
"""What a unit was based on: a version, or `q42` for the version made by this device's own group 42."""


class Request(BaseModel):
    """A message a client sends; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class Answer(BaseModel):
    """A message the server sends; unknown keys are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)
