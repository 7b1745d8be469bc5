"""The bytes a store's files truly hold: every page of the file and of its log, decrypted past the database."""

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, SALT, IV = 4096, 80, 16, 16
"""Bytes of a page; at its end an initialisation vector and an HMAC, at the start of the first one the salt."""
LOG_HEAD, FRAME_HEAD = 32, 24


def raw_bytes(folder: Path, key: bytes) -> dict[str, bytes]:
    """{name of a file: all it holds, decrypted where it is encrypted} of a store's folder."""
    return {path.name: b"".join(_plain(path, key)) for path in sorted(folder.iterdir()) if path.is_file()}


def _plain(path: Path, key: bytes) -> Iterator[bytes]:
    held = path.read_bytes()
    if path.suffix == ".db":
        starts = [(start, start == 0) for start in range(0, len(held), PAGE)]
    elif path.name.endswith("-wal"):
        heads = range(LOG_HEAD, len(held), FRAME_HEAD + PAGE)
        starts = [(head + FRAME_HEAD, held[head : head + 4] == b"\x00\x00\x00\x01") for head in heads]
    else:
        yield held
        return
    for start, first in starts:
        page = held[start : start + PAGE]
        if any(page):
            yield _decrypted(page, key, SALT if first else 0)


def _decrypted(page: bytes, key: bytes, skip: int) -> bytes:
    vector = page[-RESERVED : -RESERVED + IV]
    way = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return way.update(page[skip:-RESERVED]) + way.finalize()
