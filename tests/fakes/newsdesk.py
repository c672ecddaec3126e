"""A web hook that takes notices, on loopback: it checks the signature as its receiver would."""

import hmac
import json
import threading
from collections import deque
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

SECRET = "the key of the hook"


class NewsDesk:
    """The server, in a thread of its own. `answers` are given in turn, then 200."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.deliveries: list[str] = []
        self.forged = 0
        self.answers: deque[tuple[int, dict[str, str]]] = deque()
        desk = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                signed = hmac.new(SECRET.encode(), body, sha256).hexdigest()
                if not hmac.compare_digest(
                    self.headers.get("X-Responder-Signature", ""), f"sha256={signed}"
                ):
                    desk.forged += 1
                    self._say(401, {})
                    return
                desk.deliveries.append(self.headers["X-Responder-Delivery"])
                status, headers = desk.answers.popleft() if desk.answers else (200, {})
                if status < 300 or status >= 500:
                    desk.taken.append(json.loads(body))
                self._say(status, headers)

            def _say(self, status: int, headers: dict[str, str]) -> None:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Tests say what they need to know."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        """Where notices are to be posted."""
        return f"http://127.0.0.1:{self._server.server_port}/notices"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
