"""The sentences of the status line, computed from what the store counts and how the last call went (ux.md 5.1)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QObject

from client.syncing.rules import when
from client.widgets.ink import Tone, Words
from client.widgets.status_sentence import Sentence
from client.workspace import Progress, SyncStatus
from sync.errors import AccessError, Fault, KeyakiError
from sync.protocol.errors import BadBody, ClientTooOld, NotOurs, ServerBusy

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Standing:
    """How the way to the school stands. reached: whether the last call was answered by it, None before the first.

    sending: where the round under way is. slow: nothing has moved in it for a while. problem: what the last call ended
    with, None when it went through.
    """

    reached: bool | None = None
    sending: Progress | None = None
    slow: bool = False
    problem: KeyakiError | None = None


class Counted(QObject):
    """Sentences with a number: the extractor of translations reads a plural only where an object speaks by `tr`."""

    def sign_in(self, waiting: int) -> str:
        """Nobody is signed in."""
        return self.tr("Sign-in needed (%n change(s) waiting)", "", waiting)

    def conflicts(self, open_: int) -> str:
        """Open conflicts."""
        return self.tr("%n field(s) need your decision", "", open_)

    def not_accepted(self, groups: int) -> str:
        """Refused groups nobody has dealt with."""
        return self.tr("%n change(s) not accepted", "", groups)

    def uncopied(self, groups: int) -> str:
        """Groups that are in the store but not in the journal beside it."""
        return self.tr("Saved, no backup copy (%n change(s))", "", groups)

    def receiving(self, scopes: int) -> str:
        """Scopes that are being loaded."""
        return self.tr("Receiving records… (%n part(s) to go)", "", scopes)

    def waiting(self, changes: int) -> str:
        """Changes that wait while there is a connection."""
        return self.tr("%n change(s) waiting to be sent", "", changes)

    def offline(self, changes: int) -> str:
        """Changes that wait for a connection."""
        return self.tr("Offline (saved on this PC; %n change(s) will be sent once connected)", "", changes)


_COUNTED = Counted()


def sentences(
    status: SyncStatus, standing: Standing, now: datetime, words: Callable[[KeyakiError], str]
) -> tuple[Sentence, ...]:
    """What is to be said, most important first; never empty.

    now: aware, in the zone people read times in. words: what happened, of a numbered error, in one sentence.
    """
    return (*_needs_somebody(status, standing, words), _goes_by_itself(status, standing, now))


def _needs_somebody(status: SyncStatus, standing: Standing, words: Callable[[KeyakiError], str]) -> Iterator[Sentence]:
    n, problem = status, standing.problem
    if n.device_stopped:
        yield Sentence("sync", lambda: translate("Status", "This PC has been blocked (E-2101)"), Tone.DANGER, "alert")
    if n.sign_in_needed:
        said = lambda: _COUNTED.sign_in(n.waiting)  # noqa: E731
        yield Sentence("sign_in", said, Tone.DANGER, "account-group")
    if n.conflicts:
        said = lambda: _COUNTED.conflicts(n.conflicts)  # noqa: E731
        yield Sentence("conflicts", said, Tone.WARN, "conflict", str(n.conflicts))
    if n.not_accepted:
        said = lambda: _COUNTED.not_accepted(n.not_accepted)  # noqa: E731
        yield Sentence("sync", said, Tone.DANGER, "refused", str(n.not_accepted))
    if n.recovering:
        said = lambda: translate("Status", "Sending waits: changes saved on this PC have to be restored first")  # noqa: E731
        yield Sentence("recovery", said, Tone.WARN, "alert")
    if n.uncopied:
        said = lambda: _COUNTED.uncopied(n.uncopied)  # noqa: E731
        yield Sentence("sync", said, Tone.WARN, "alert", str(n.uncopied))
    if n.client_too_old:
        yield Sentence("sync", _numbered(words, ClientTooOld()), Tone.WARN, "alert")
    if problem is not None and _is_told(problem):
        tone = Tone.WARN if problem.fault is Fault.TEACHER else Tone.NEUTRAL
        yield Sentence("sync", _numbered(words, problem), tone, "alert")


def _is_told(problem: KeyakiError) -> bool:
    """Whether the problem has a sentence of its own: not where it passes by itself, or where another one says it.

    What somebody else answered in the server's place is told too: from the outside it looks like any dead network.
    """
    if isinstance(problem, AccessError | ClientTooOld):
        return False
    return problem.fault is not Fault.TIME or isinstance(problem, NotOurs | BadBody)


def _goes_by_itself(status: SyncStatus, standing: Standing, now: datetime) -> Sentence:
    n, sending = status, standing.sending
    if sending is not None and sending.what == "push" and n.waiting and not standing.slow:
        done, total = sending.done, sending.total or n.waiting
        said = lambda: translate("Status", "Sending… {done}/{total}").format(done=done, total=total)  # noqa: E731
        return Sentence("sync", said, Tone.INFO, "sending")
    if standing.reached is False:
        return Sentence("sync", _offline(n.waiting), Tone.NEUTRAL, "offline")
    if standing.slow or isinstance(standing.problem, ServerBusy):
        said = lambda: translate("Status", "The server is slow to answer (saved on this PC)")  # noqa: E731
        return Sentence("sync", said, Tone.NEUTRAL, "sync")
    if n.loading and standing.reached:
        said = lambda: _COUNTED.receiving(n.loading)  # noqa: E731
        return Sentence("sync", said, Tone.INFO, "sending")
    if n.waiting:
        said = lambda: _COUNTED.waiting(n.waiting)  # noqa: E731
        return Sentence("sync", said, Tone.NEUTRAL, "waiting")
    if n.last_success is None:
        return Sentence("sync", lambda: translate("Status", "Nothing has been sent yet"))
    time = when(n.last_success, now)
    return Sentence("sync", lambda: translate("Status", "Sent {time}").format(time=time))


def _offline(waiting: int) -> Words:
    if not waiting:
        return lambda: translate("Status", "Offline (saved on this PC)")
    return lambda: _COUNTED.offline(waiting)


def _numbered(words: Callable[[KeyakiError], str], error: KeyakiError) -> Words:
    return lambda: f"{words(error)} (E-{error.number})"
