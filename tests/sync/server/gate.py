"""The way into one school: the demo's issuer, and what the session endpoint does with its ID tokens."""

from typing import Any
from uuid import uuid4

from joserfc import jwt
from joserfc.jwk import ECKey

from sync.protocol.session import Continues, DeviceInfo, SessionRequest
from sync.server.identity.demo_issuer import CLIENT_ID, LINK, DemoIssuer
from sync.server.identity.oidc import nonce_for
from sync.server.identity.signin import sign_in
from sync.server.settings import TokenTimes
from sync.server.storage import identity
from sync.server.storage.store import Storage
from tests.kit.clock import HeldClock
from tests.sync.server.tiny import Tiny, tiny_school

R32 = "r" * 43
TIMES = TokenTimes()


class Gate:
    """One school, the demo issuer in front of it, and a teacher who is linked."""

    def __init__(self, storage: Storage) -> None:
        self.clock = HeldClock()
        self.storage = storage
        self.school: Tiny = tiny_school(storage, self.clock.now)
        self.issuer = DemoIssuer("http://127.0.0.1:1", self.clock, lambda _: "佐藤")
        self.user = self.school.people["sato"].user
        with storage.database.writing() as connection:
            identity.link_user(storage.database, connection, LINK, self.user, self.user)

    def claims(self, **changed: Any) -> dict[str, Any]:
        """The claims of a sound ID token, with some changed (None = left out)."""
        now = int(self.clock.now.timestamp())
        sound = {
            "iss": self.issuer.url,
            "sub": self.user,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            "nonce": nonce_for(R32),
            "amr": ["pwd", "otp"],
        }
        return {name: value for name, value in (sound | changed).items() if value is not None}

    def token(self, key: ECKey | None = None, **changed: Any) -> str:
        """A signed ID token."""
        signer = key or self.issuer.key
        return jwt.encode({"alg": "ES256", "kid": self.issuer.key.kid}, self.claims(**changed), signer)

    def enter(self, id_token: str, r32: str = R32, **device: Any) -> dict[str, Any]:
        """What the session endpoint answers."""
        info = DeviceInfo(**({"id": str(uuid4()), "name": "PC", "os": "linux"} | device))
        request = SessionRequest(id_token=id_token, r32=r32, device=info)
        return sign_in(self.storage, self.issuer.trusted, request, TIMES, self.clock.now)

    def enter_anew(self, who: str, device: str, school: str | None = None, continues: Continues | None = None) -> None:
        """A sign-in of a member of staff by name, with values of chance never used before."""
        r32 = uuid4().hex + "r" * 11
        user = self.school.people[who].user
        with self.storage.database.writing() as connection:
            identity.link_user(self.storage.database, connection, LINK, user, user)
        id_token = self.token(sub=user, nonce=nonce_for(r32))
        info = DeviceInfo(id=device, school=school, name="PC", os="linux")
        request = SessionRequest(id_token=id_token, r32=r32, device=info, continues=continues)
        sign_in(self.storage, self.issuer.trusted, request, TIMES, self.clock.now)
