"""A gateway in the mainland, on loopback: takes what its description in the site says it takes."""

from collections import deque
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from aiohttp import web

TOKEN = "the gateway's token"


@dataclass(frozen=True, slots=True)
class Taken:
    """A message as the gateway got it."""

    mobile: str
    content: str
    id: str


class MainlandGateway:
    """The server. `answers` are given in turn, then each message is taken."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self.answers: deque[tuple[int, Any]] = deque()
        self.unexpected: list[str] = []
        self.url = ""
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        served = web.Application()
        served.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(served)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

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
