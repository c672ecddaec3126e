"""The port that `serve` takes."""

import asyncio
import socket

from responder import settings
from responder.cli.running import listen


def test_head_and_body_of_an_answer_leave_at_once(tmp_path):
    """With Nagle's algorithm the body would wait for the client to acknowledge the head."""
    found = settings.read(tmp_path, False, {"RESPONDER_LISTEN": "127.0.0.1:0"}, tmp_path)
    delays = []

    async def answer(_reader, writer):
        taken = writer.get_extra_info("socket")
        delays.append(not taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    async def asked():
        listening = listen(found)
        async with await asyncio.start_server(answer, sock=listening):
            reader, writer = await asyncio.open_connection(*listening.getsockname())
            await reader.read()
            writer.close()

    asyncio.run(asked())
    assert delays == [False]
