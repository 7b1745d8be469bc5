"""The numbers and headers by which both ends know whom they talk to."""

from typing import NamedTuple

PROTOCOL = 1
PROTOCOL_MIN = 1

H_PROTOCOL = "Keyaki-Protocol"
H_SCHEMA = "Keyaki-Schema"
H_CLIENT = "Keyaki-Client"
H_DEVICE = "Keyaki-Device"
H_LEASE = "Keyaki-Lease"
H_POLICY = "Keyaki-Policy"
H_REQUEST = "Keyaki-Request"
H_TIME = "Keyaki-Time"
H_JOURNAL = "Keyaki-Journal"
H_ORDER = "Keyaki-Order"

BODY_MAX = 2 * 1024 * 1024
"""Bytes of one request body on the wire."""
INFLATED_MAX = 16 * 1024 * 1024
"""Bytes of one body after decompression."""
GROUP_OPS_MAX = 5_000
"""Ops of one edit group: the largest known paste is 1,200 cells."""
PAGE_ROWS_MAX = 20_000
"""Rows one pulled page may carry."""


class Schema(NamedTuple):
    """Number of the registry of record types. Inside a major only additions."""

    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"


def read_schema(text: str) -> Schema:
    """The schema number in a header such as `1.4`. Raises ValueError for anything else."""
    major, minor = text.split(".")
    return Schema(int(major), int(minor))
