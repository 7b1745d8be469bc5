"""The pictures of devices: what lies on this one and is cleared, a laptop reported lost, the proof of its erasure."""

import secrets
from collections.abc import Callable, Iterator
from typing import Any

from client.demo import TANAKA
from client.shell.messages import Question
from client.vault.device_key import public_key, signed_proof
from sync.engine.devices import Summons
from sync.protocol.device import Erased, Proof, order_of
from sync.protocol.lease import LeaseRequest, lease_of
from sync.protocol.signed import keys_of, root_of
from tests.tour.stage import Shown, Stage, aside, until

PC = "持ち出し用ノート 07"


def losing(here: Stage) -> Iterator[Callable[[], Shown]]:
    """This PC; then a laptop before, while it is asked, after, and when the proof has come."""
    secret, told = secrets.token_bytes(32), dict[str, Any]()

    def held() -> Shown:
        here.desk.window_.open_page("held")
        page: Any = here.page
        until("what lies here", lambda: page.holding is not None and page.clear_button.isEnabled())
        return "held", here.desk, True

    def cleared() -> Shown:
        page: Any = here.page
        page.ask()
        page.findChildren(Question)[-1].yes.click()
        until("it is cleared", page.back_button.isVisible)
        return "held-cleared", here.desk, False

    def own() -> Shown:
        _loaded(here)
        aside(lambda: told.update(_laptop(here, secret)))
        here.desk.window_.open_page("devices")
        page: Any = here.page
        page.reload()
        until("the devices", lambda: told["device"] in [line.id for line in page.table.rows])
        at = [line.id for line in page.table.rows].index(told["device"])
        page.list.selectRow(at)
        until("the report", lambda: page.detail.isVisible() and page.detail.report.device.id == told["device"])
        return "devices", here.desk, True

    def asked() -> Shown:
        page: Any = here.page
        page.detail.reason.setText("電車に置き忘れた")
        page.ask("lost")
        return "devices-asked", next(box for box in page.findChildren(Question) if box.isVisible()), False

    def lost() -> Shown:
        page: Any = here.page
        page.findChildren(Question)[-1].yes.click()
        until("the order", lambda: page.detail.report.device.state == "suspended")
        return "devices-lost", here.desk, True

    def erased() -> Shown:
        aside(lambda: _erased(told, secret))
        page: Any = here.page
        page.strip.clear()
        page.reload()
        until("the proof", lambda: page.detail.report.device.state == "wiped")
        return "devices-erased", here.desk, False

    yield from (held, cleared, own, asked, lost, erased)


def _loaded(here: Stage) -> None:
    """The class comes back."""
    page: Any = here.page
    page.back_button.click()
    until("it is back", lambda: page.clear_button.isEnabled() and not here.desk.workspace.status().loading)


def _laptop(here: Stage, secret: bytes) -> dict[str, Any]:
    """Another PC of the teacher's, with a lease. Nothing but its calls is known of it."""
    laptop = here.others.join(TANAKA, PC)
    answer = laptop.link.lease(LeaseRequest(key=public_key(secret)))
    keys = keys_of(answer.keys, root_of(answer.keys).thumbprint())
    device = laptop.workspace.enrolment.device
    return {"device": device, "lease": lease_of(answer.lease, keys).jti, "keys": keys, "link": laptop.link}


def _erased(told: dict[str, Any], secret: bytes) -> None:
    """What the laptop does when it is started again somewhere."""
    summons = Summons(told["link"])
    token = summons.hello(told["lease"]).order
    order = order_of(token, told["keys"])
    said = Proof(iss=told["device"], jti=order.jti, kept=0, brought=True)
    summons.erased(Erased(order=token, proof=signed_proof(secret, said)))
