"""A gateway in the mainland, on loopback: takes what its description in the site says it takes."""

from collections import deque
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.fakes.served import Served

TOKEN = "the gateway's token"


@dataclass(frozen=True, slots=True)
class Taken:
    """A message as the gateway got it."""

    mobile: str
    content: str
    id: str


class MainlandGateway(Served):
    """The server. `answers` are given in turn, then each message is taken."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self.answers: deque[tuple[int, Any]] = deque()
        self.unexpected: list[str] = []

    def described(self, vias: str = "sms", **more: str) -> str:
        """How the site describes it, as one item of `gateways`."""
        extra = "".join(f"\n    {key}: {value}" for key, value in more.items())
        return f"""
  - id: mainland-{vias}
    vias: [{vias}]
    regions: ["+86"]
    url: {self.url}/v1/{vias}
    headers: {{Authorization: "Bearer {{secret.TOKEN}}"}}
    json: {{mobile: "{{national}}", message.content: "{{text}}", message.ref: "{{id}}"}}
    success_at: code
    success: "0"
    id_at: data.0.sn{extra}
"""

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.json_response({"code": 401}, status=401)
        said = await request.json()
        if set(said) != {"mobile", "message"} or not said["mobile"].isdecimal():
            self.unexpected.append(f"{request.path} {said}")
            return web.json_response({"code": 9}, status=400)
        if self.answers:
            status, body = self.answers.popleft()
            return web.json_response(body, status=status)
        message = said["message"]
        self.taken.append(Taken(said["mobile"], message["content"], message["ref"]))
        return web.json_response({"code": 0, "data": [{"sn": f"SN{len(self.taken)}"}]})
