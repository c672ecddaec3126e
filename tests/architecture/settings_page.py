"""Writes `docs/reference/settings.md`: `python -m tests.architecture.settings_page`."""

from collections.abc import Iterable, Iterator

from responder.settings.keys import ALONE, GATEWAY, NAME, TABLE, Key, variable
from tests.architecture.tree import ROOT

PAGE = ROOT / "docs" / "reference" / "settings.md"
INTRO = f"""\
# Settings

全部设置项。由代码生成：改 `responder/settings/keys.py`，再执行
`python -m tests.architecture.settings_page`。

This page is written from the code. Every key may stand in `responder.toml` (`slack.api_url` as
`api_url` under `[slack]`), except that no secret belongs in a file of the site, and is overridden
by its variable. An empty variable counts as not set.

- A **secret** may also come from a file: `RESPONDER_SLACK__BOT_TOKEN_FILE` names one that holds
  nothing else.
- Relative paths are meant from where they are written: the current folder for a variable, the
  site's for `responder.toml`.
- A list or a mapping stands in a variable on one line, as in the site's YAML files:
  `RESPONDER_LANGUAGES='[zh, en]'`.
- `{NAME}` is a channel's name: `slack`, `telegram`, `twilio`, `email`, or a gateway's id. A
  variable spells it in capitals, with `_` for a hyphen; an id with a hyphen has to stand in the
  file as well.
- A variable that begins with `RESPONDER_` and means nothing is named by `doctor` and at the start
  of `serve`, with the one that was meant.

设置可写在 `responder.toml`，也可用环境变量覆盖；密钥只用环境变量，或用同名加 `_FILE` 的变量
指向文件。
"""


def page() -> str:
    """The whole page."""
    of_site = [key for key in TABLE if key.of_site]
    rest = [key for key in TABLE if not key.of_site]
    in_force = (
        "What describes the firm is part of the version of the site in force: a changed variable"
        " is taken like a changed file, at the start of `serve`. 这些设置属于站点版本。"
    )
    tables = [
        "## The firm",
        "",
        in_force,
        "",
        *_table(of_site),
        "",
        "## The installation, and its doors",
        "",
        *_table(rest),
        "",
        "## Variables without a key",
        "",
        *_others(),
    ]
    return "\n".join([INTRO, *tables]) + "\n"


def _table(keys: Iterable[Key]) -> Iterator[str]:
    yield "| Key | Variable | Where nobody sets it | Secret | 用途 | What for |"
    yield "|---|---|---|---|---|---|"
    for key in keys:
        unset = f"`{key.default}`" if key.default else key.otherwise or "none"
        secret = "yes" if key.is_secret else ""
        cells = (f"`{key.name}`", f"`{key.variable}`", unset, secret, key.zh, key.en)
        yield f"| {' | '.join(cells)} |".replace("|  |", "| |")


def _others() -> Iterator[str]:
    for name, what in ALONE.items():
        yield f"- `{variable(name)}`: {what}."
    yield f"- `{GATEWAY}{NAME}`: the secret that `contacts/gateways.yaml` names so, or"
    yield f"  `{GATEWAY}{NAME}_FILE` for its file."


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
