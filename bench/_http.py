"""A bare asyncio HTTP connection: as little as a provider on loopback can cost."""

import asyncio
import json

END = b"\r\n\r\n"
REASONS = {200: "OK", 404: "Not Found", 429: "Too Many Requests", 500: "Internal Server Error"}


class Answering(asyncio.Protocol):
    """One connection; `answer` says what each complete request gets, nothing for silence."""

    def __init__(self) -> None:
        self._got = b""
        self._transport: asyncio.Transport | None = None

    def answer(self, head: str, body: bytes) -> bytes:
        """The response to a request."""
        raise NotImplementedError

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each request that is complete."""
        self._got += data
        while (head_ends := self._got.find(END)) >= 0:
            head = self._got[:head_ends].decode()
            start = head_ends + len(END)
            stop = start + _length(head)
            if len(self._got) < stop:
                return
            body, self._got = self._got[start:stop], self._got[stop:]
            assert self._transport is not None
            self._transport.write(self.answer(head, body))


def _length(head: str) -> int:
    for line in head.lower().splitlines():
        if line.startswith("content-length:"):
            return int(line.partition(":")[2])
    return 0


def response(said: object, status: int = 200, more: str = "") -> bytes:
    """A response in JSON; `more` are header lines."""
    body = json.dumps(said).encode()
    head = f"HTTP/1.1 {status} {REASONS[status]}\r\nContent-Type: application/json\r\n{more}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
