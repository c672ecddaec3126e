"""How a command fails: one line on stderr in the reader's language, and an exit status."""

import os
from pathlib import Path

import click

from responder.cli.given import Given
from responder.errors import ResponderError

REFUSED, OUR_FAULT = 1, 3
LOG = "failures.log"
LONGEST_LINE = 2000


def one_line(text: str) -> str:
    """A text as one printable line: what would move the cursor is shown as its code."""
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    return shown if len(shown) <= LONGEST_LINE else f"{shown[:LONGEST_LINE]}…"


def failed(error: BaseException, given: Given) -> int:
    """Say what is wrong; returns the exit status."""
    import secrets  # noqa: PLC0415 - slow to import, and rarely needed

    if isinstance(error, ResponderError):
        click.echo(one_line(error.said(given.language)), err=True)
        return REFUSED
    code = f"E-{secrets.token_hex(3).upper()}"
    log = _note(code, error, given)
    zh = f"内部错误，编号 {code}，操作没有确认完成。请核对后重试，并把此编号和 {log} 交给维护人员。"
    en = (
        f"Internal error {code}; what you asked for is not confirmed. Check, try again, and give"
        f" this code and {log} to whoever maintains Responder."
    )
    click.echo(given.said(zh, en), err=True)
    return OUR_FAULT


def _note(code: str, error: BaseException, given: Given) -> Path:
    """Append the traceback to the log, readable by its owner alone; returns where it is."""
    import tempfile  # noqa: PLC0415 - rarely needed
    import traceback  # noqa: PLC0415

    text = "".join(traceback.format_exception(error))
    for folder in (given.var, Path(tempfile.gettempdir())):
        if folder is None:
            continue
        log = folder / LOG
        try:
            folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "a", encoding="utf-8", errors="replace") as file:
                file.write(f"=== {code} {given.acting}\n{text}\n")
        except OSError:
            continue
        return log
    return Path(os.devnull)
