"""The demo issuer's endpoints and its two pages. They exist only in a server started with `serve --demo`."""

import asyncio
from collections.abc import Mapping
from html import escape
from typing import Final
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from sync.protocol.errors import BadBody
from sync.server.clock import day
from sync.server.identity.demo_issuer import LINK, PATH, AskedWrongly, DemoIssuer
from sync.server.identity.teachers import Teacher, teachers
from sync.server.routes.demo_words import Words, words
from sync.server.services import Services
from sync.server.storage.identity import link_user

_FORM_MAX: Final = 16_384
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
}
_STYLE: Final = (
    "body{font:16px/1.6 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;color:#1d2521;"
    "background:#f7f8f6}h1{font-size:1.4rem}h2{font-size:1rem;margin:1.6rem 0 .4rem;color:#4a5a51}"
    "ul{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));gap:.5rem}"
    "button{font:inherit;width:100%;text-align:left;padding:.6rem .9rem;border:1px solid #c5cec8;border-radius:8px;"
    "background:#fff;cursor:pointer}button:hover,button:focus{border-color:#2f6b4a;outline:2px solid #2f6b4a55}"
    "small{color:#66736b;display:block}.band{background:#fff3c4;border-radius:8px;padding:.5rem .9rem}"
    ".one{max-width:16rem}.one button{text-align:center;background:#2f6b4a;color:#fff}"
)


def routes(services: Services, issuer: DemoIssuer) -> list[Route]:
    """The routes of this module."""

    async def discovery(request: Request) -> Response:
        del request
        return JSONResponse(issuer.discovery())

    async def jwks(request: Request) -> Response:
        del request
        return JSONResponse(issuer.jwks())

    async def authorize(request: Request) -> Response:
        try:
            handle = issuer.begin(dict(request.query_params))
        except AskedWrongly as wrong:
            return JSONResponse({"error": str(wrong)}, status_code=400)
        people = await asyncio.to_thread(people_of, services)
        return _page(_choice(_words(request), handle, people))

    async def choose(request: Request) -> Response:
        form = await _form(request)
        user = form.get("teacher", "")
        people = await asyncio.to_thread(people_of, services)
        chosen = next((teacher for teacher in people if teacher.user == user), None)
        if chosen is None:
            return JSONResponse({"error": "access_denied"}, status_code=400)
        try:
            issuer.choose(form.get("handle", ""), user)
        except AskedWrongly as wrong:
            return JSONResponse({"error": str(wrong)}, status_code=400)
        await asyncio.to_thread(_link, services, user)
        return _page(_second(_words(request), form.get("handle", ""), chosen.name))

    async def confirm(request: Request) -> Response:
        form = await _form(request)
        try:
            target = issuer.confirm(form.get("handle", ""))
        except AskedWrongly as wrong:
            return JSONResponse({"error": str(wrong)}, status_code=400)
        return RedirectResponse(target, status_code=303, headers={"Cache-Control": "no-store"})

    async def token(request: Request) -> Response:
        try:
            return JSONResponse(issuer.redeem(await _form(request)), headers={"Cache-Control": "no-store"})
        except AskedWrongly as wrong:
            return JSONResponse({"error": str(wrong)}, status_code=400)

    return [
        Route(f"{PATH}/.well-known/openid-configuration", discovery, methods=["GET"]),
        Route(f"{PATH}/jwks", jwks, methods=["GET"]),
        Route(f"{PATH}/authorize", authorize, methods=["GET"]),
        Route(f"{PATH}/teacher", choose, methods=["POST"]),
        Route(f"{PATH}/confirm", confirm, methods=["POST"]),
        Route(f"{PATH}/token", token, methods=["POST"]),
    ]


def people_of(services: Services) -> list[Teacher]:
    """Whom a demo may sign in as today."""
    return teachers(services.storage, day(services.clock()))


def _link(services: Services, user: str) -> None:
    """What an administrator does for a real provider: the issuer's subject is this user."""
    database = services.storage.database
    with database.writing() as connection:
        link_user(database, connection, LINK, user, user)


async def _form(request: Request) -> Mapping[str, str]:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _FORM_MAX:
            raise BadBody(reason="size")
    return {name: values[-1] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}


def _words(request: Request) -> Words:
    return words(request.headers.get("accept-language", ""))


def _page(body: str) -> Response:
    head = f'<!doctype html><meta charset="utf-8"><title>Keyaki</title><style>{_STYLE}</style>'
    return HTMLResponse(head + body, headers=_HEADERS)


def _choice(said: Words, handle: str, people: list[Teacher]) -> str:
    """The first page: every teacher of the sample, by school."""
    parts = [f'<h1>{said.title}</h1><p class="band">{said.band}</p><form method="post" action="{PATH}/teacher">']
    parts.append(f'<input type="hidden" name="handle" value="{escape(handle)}">')
    for school in dict.fromkeys(teacher.school_name for teacher in people):
        parts.append(f"<h2>{escape(school)}</h2><ul>")
        parts += [_button(said, teacher) for teacher in people if teacher.school_name == school]
        parts.append("</ul>")
    return "".join([*parts, "</form>"])


def _button(said: Words, teacher: Teacher) -> str:
    duties = said.joint.join(f"{said.roles.get(role, role)} {target}".strip() for role, target in teacher.duties[:3])
    return (
        f'<li><button name="teacher" value="{escape(teacher.user)}">{escape(teacher.name)}'
        f"<small>{escape(duties)}</small></button></li>"
    )


def _second(said: Words, handle: str, name: str) -> str:
    """The second page: stands for the second factor."""
    return (
        f'<h1>{said.second}</h1><p class="band">{said.band}</p><p>{escape(name)}</p><p>{said.factor}</p>'
        f'<form class="one" method="post" action="{PATH}/confirm">'
        f'<input type="hidden" name="handle" value="{escape(handle)}"><button autofocus>{said.go}</button></form>'
    )
