"""What can go wrong between client and server, and the codes it has on the wire.

SyncError
├─ Unreachable   E-3101  no answer: no network, no name, time-out
├─ ServerBusy    E-3102  BUSY, RATE, SHUTDOWN, any 5xx
├─ NotOurs       E-3103  an answer that is not our server's
├─ BadBody       E-3104  damaged, cut off or of the wrong form
├─ TooLarge      E-3105  halve the batch
│  └─ ProxyLimit E-3107  it was a proxy on the way that takes no more
├─ BadRequest    E-3106  the server refuses the form of a request
├─ ClientTooOld  E-3201  pull refused, push still taken
├─ SeqGap        E-3301  resend from `expected`
├─ DeviceForked  E-3302  two copies of one store
├─ EpochChanged  E-3303  the server's history was cut
├─ CursorTooOld  E-3304  load that scope again
├─ RowsDiffer    E-3305  rows here were not those of the school; noted, not raised
├─ ChunkGone     E-3306  ask for the page again without chunks
├─ FileComing    E-3401  a record refers to a file whose bytes are not at the school yet
├─ FileDamaged   E-3402  bytes that are not those of the file they were said to be
└─ FilesTooMany  E-3403  no room for more files until records refer to those that are there
AccessError: SignInNeeded E-2001 · MfaRequired E-2002 · ChooseSchool E-2003 · SignInTooOld E-2005
             DeviceSuspended E-2101 · Forbidden E-2103 · DeviceWiped E-2104 · PermitRefused E-2105
SiteError: CaptivePortal E-6001 · ProxyRefused E-6002 · ClockWrong E-6003 · ProxyScript E-6005
"""

from dataclasses import dataclass
from typing import Any, Final, cast

from sync.errors import AccessError, Fault, KeyakiError, SiteError, SyncError


class Unreachable(SyncError):
    """No answer from the server. Nothing is known about the request; a repeat is safe."""

    NUMBER = 3101


class ServerBusy(SyncError):
    """The server is there but cannot answer now. Fact `retry_s` when it said when to come back."""

    NUMBER = 3102


class NotOurs(SyncError):
    """The answer does not come from our server; nothing in it was read."""

    NUMBER = 3103


class BadBody(SyncError):
    """A body is damaged, cut off, too large or not of the agreed form. Fact `reason`."""

    NUMBER = 3104


class TooLarge(SyncError):
    """The request is larger than the server takes."""

    NUMBER = 3105


class ProxyLimit(TooLarge):
    """A proxy on the way takes less at once than was sent, and what was sent may be a group that cannot be halved."""

    NUMBER = 3107
    FAULT = Fault.SITE


class BadRequest(SyncError):
    """The server refuses the form of a request: one of the two ends has a bug."""

    NUMBER = 3106
    FAULT = Fault.OURS


class ClientTooOld(SyncError):
    """This program may still push but no longer pull."""

    NUMBER = 3201
    FAULT = Fault.SITE


class SeqGap(SyncError):
    """The server expects another group number first. Fact `expected`."""

    NUMBER = 3301


class DeviceForked(SyncError):
    """Two copies of this store have spoken to the server under one device id. This one goes on under a new one."""

    NUMBER = 3302
    FAULT = Fault.TEACHER


class EpochChanged(SyncError):
    """The server was restored to an earlier point. Facts `epoch`, `seq`."""

    NUMBER = 3303


class CursorTooOld(SyncError):
    """The server no longer knows what this cursor has seen; the scopes load again."""

    NUMBER = 3304


class RowsDiffer(SyncError):
    """Rows of a scope were not those of the school and have been fetched again; this stands in the log of sync."""

    NUMBER = 3305


class ChunkGone(SyncError):
    """A chunk a page named may not be given any more; the page itself brings its rows when it is asked for without."""

    NUMBER = 3306


class FileComing(SyncError):
    """A record refers to this file, but whoever attached it has not sent its bytes to the end yet."""

    NUMBER = 3401


class FileDamaged(SyncError):
    """The bytes of an attached file are not those its hash names; they were thrown away. A repeat is safe."""

    NUMBER = 3402


class FilesTooMany(SyncError):
    """The server has as many bytes of this member of staff as it takes without a record that refers to them."""

    NUMBER = 3403
    FAULT = Fault.SITE


class SignInNeeded(AccessError):
    """The session has ended; local work goes on, sending waits for a sign-in."""

    NUMBER = 2001


class MfaRequired(AccessError):
    """The sign-in carried no proof of a second factor."""

    NUMBER = 2002


class ChooseSchool(AccessError):
    """This user works at several schools and has to say which. Fact `schools`: [{id, name}]."""

    NUMBER = 2003


class SignInTooOld(AccessError):
    """What is asked for needs a sign-in of the last ten minutes."""

    NUMBER = 2005


class DeviceSuspended(AccessError):
    """This device has been blocked."""

    NUMBER = 2101
    FAULT = Fault.SITE


class Forbidden(AccessError):
    """This user may not ask that of this partition."""

    NUMBER = 2103


class DeviceWiped(AccessError):
    """This device has been ordered to erase itself."""

    NUMBER = 2104
    FAULT = Fault.SITE


class PermitRefused(AccessError):
    """A take-out cannot be dealt with like this. Fact `reason`."""

    NUMBER = 2105


class CaptivePortal(SiteError):
    """A log-in page of the network answered in place of the server."""

    NUMBER = 6001
    FAULT = Fault.TEACHER


class ProxyRefused(SiteError):
    """A proxy on the way refused (407)."""

    NUMBER = 6002


class ClockWrong(SiteError):
    """This computer's clock is wrong: by `minutes`, or by so much that the server's certificate has not begun yet."""

    NUMBER = 6003


class ProxyScript(SiteError):
    """Only a script (PAC) says which way leads out: this program cannot read it, and going straight led nowhere."""

    NUMBER = 6005


@dataclass(frozen=True, slots=True)
class WireCode:
    """One error code of the wire: its HTTP status and the error a client raises for it."""

    status: int
    error: type[KeyakiError]


WIRE_CODES: Final[dict[str, WireCode]] = {
    "BUSY": WireCode(503, ServerBusy),
    "RATE": WireCode(429, ServerBusy),
    "SHUTDOWN": WireCode(503, ServerBusy),
    "TOKEN_EXPIRED": WireCode(401, SignInNeeded),
    "MFA_REQUIRED": WireCode(403, MfaRequired),
    "CHOOSE_SCHOOL": WireCode(409, ChooseSchool),
    "SIGN_IN_TOO_OLD": WireCode(403, SignInTooOld),
    "DEVICE_SUSPENDED": WireCode(403, DeviceSuspended),
    "DEVICE_WIPED": WireCode(403, DeviceWiped),
    "FORBIDDEN": WireCode(403, Forbidden),
    "PERMIT_REFUSED": WireCode(409, PermitRefused),
    "SEQ_GAP": WireCode(409, SeqGap),
    "DEVICE_FORKED": WireCode(409, DeviceForked),
    "EPOCH_CHANGED": WireCode(409, EpochChanged),
    "CURSOR_TOO_OLD": WireCode(410, CursorTooOld),
    "CHUNK_GONE": WireCode(410, ChunkGone),
    "CLIENT_TOO_OLD": WireCode(426, ClientTooOld),
    "TOO_LARGE": WireCode(413, TooLarge),
    "FILE_COMING": WireCode(404, FileComing),
    "FILE_DAMAGED": WireCode(422, FileDamaged),
    "FILES_TOO_MANY": WireCode(429, FilesTooMany),
    "BAD_REQUEST": WireCode(400, BadRequest),
    "BAD_BODY": WireCode(400, BadBody),
}

CODE_OF: Final[dict[type[KeyakiError], str]] = {
    entry.error: code for code, entry in reversed(WIRE_CODES.items()) if code not in ("RATE", "SHUTDOWN")
}


def error_body(error: KeyakiError, request: str) -> tuple[int, dict[str, Any]]:
    """HTTP status and JSON body for an error that may travel. Raises KeyError for one that has no code."""
    code = str(error.facts.get("code", "")) or CODE_OF[type(error)]
    facts = {name: value for name, value in error.facts.items() if name not in ("code", "retry_s")}
    body = {"error": {"code": code, "facts": facts, "retry_s": error.facts.get("retry_s"), "request": request}}
    return WIRE_CODES[code].status, body


def error_from(body: Any) -> KeyakiError:
    """The error a server's error body stands for. Raises BadBody when the body is not of that form."""
    match body:
        case {"error": {"code": str(code), **rest}} if code in WIRE_CODES:
            facts: object = rest.get("facts") or {}
        case _:
            raise BadBody(reason="error")
    if not isinstance(facts, dict):
        raise BadBody(reason="error")
    waits = {} if rest.get("retry_s") is None else {"retry_s": rest["retry_s"]}
    return WIRE_CODES[code].error(**cast("dict[str, object]", facts) | waits)
