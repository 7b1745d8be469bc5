"""Chunks: rows packed once by the server for everybody who loads them, named by a hash of their bytes."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Final

from sync.protocol.codec import ZSTD, compress, decode, inflate
from sync.protocol.errors import BadBody
from sync.protocol.form import Answer
from sync.protocol.frames import Frame
from sync.protocol.messages import Chunk, read
from sync.protocol.version import INFLATED_MAX

_ID_DIGITS: Final = 32
"""Hex digits of a chunk's id: the first half of its SHA-256."""
ID_FORM: Final = re.compile(rf"[0-9a-f]{{{_ID_DIGITS}}}")

_LEVEL: Final = 15
"""Compression of what is packed once and sent many times: a tenth smaller than at the level of answers, and read as
fast, for 20 times the work, done beside the requests (some 4 ms a chunk).
"""


class Rows(Answer):
    """What a chunk holds."""

    frames: tuple[Frame, ...]


def text_of(frames: Iterable[str]) -> bytes:
    """What a chunk of these frames holds, each given as its JSON text."""
    return f'{{"frames":[{",".join(frames)}]}}'.encode()


def packed(text: bytes) -> bytes:
    """The bytes of a chunk that holds this."""
    return compress(text, ZSTD, _LEVEL)


def id_of(data: bytes) -> str:
    """The id of a chunk with these bytes."""
    return hashlib.sha256(data).hexdigest()[:_ID_DIGITS]


def opened(chunks: Sequence[Chunk], data: bytes) -> tuple[Frame, ...]:
    """The frames of chunks whose bytes came one behind the other.

    Raises BadBody where a byte is missing, too many or another, or where they swell to more than a body may.
    """
    frames: list[Frame] = []
    start, room = 0, INFLATED_MAX
    for chunk in chunks:
        part = data[start : start + chunk.size]
        if len(part) != chunk.size or id_of(part) != chunk.id:
            raise BadBody(reason="chunk")
        text = inflate(part, ZSTD, room)
        frames += read(Rows, decode(text)).frames
        start, room = start + chunk.size, room - len(text)
    if start != len(data):
        raise BadBody(reason="chunk")
    return tuple(frames)
