"""What every one-time page stands in: one style for a small screen in the dark, and no script."""

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape

from responder.domain.words import Words

STYLE = """
:root { color-scheme: light dark; --ink: #16181b; --paper: #fff; --dim: #55595f; --line: #c4c8ce;
  --good: #14632f; --grave: #a01b14; --field: #f2f3f5; --on: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e7e9; --paper: #0e0f11; --dim: #a3a8af;
  --line: #3c4148; --good: #1d7a3d; --grave: #b3322a; --field: #1a1d21; --on: #fff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem 1rem 3rem; max-width: 32rem; background: var(--paper);
  color: var(--ink); font: 1.125rem/1.5 system-ui, "PingFang SC", "Noto Sans CJK SC", sans-serif;
  overflow-wrap: anywhere; }
h1 { font-size: 1.375rem; line-height: 1.3; margin: .25rem 0 .5rem; }
h2 { font-size: 1.125rem; margin: 2rem 0 .5rem; }
p { margin: .5rem 0; }
.dim { color: var(--dim); font-size: 1rem; }
.drill { border: 2px dashed var(--line); border-radius: .5rem; padding: .5rem .75rem;
  font-weight: 600; }
.asked { font-weight: 600; font-size: 1.1875rem; }
.said { border-left: .375rem solid var(--good); background: var(--field); padding: .75rem; }
.refused { border-color: var(--grave); }
form { margin: .75rem 0; }
button, .back { display: block; width: 100%; min-height: 3.5rem; padding: .75rem 1rem;
  font: inherit; font-weight: 600; text-align: center; border-radius: .625rem; cursor: pointer;
  border: 2px solid var(--line); background: var(--field); color: var(--ink);
  text-decoration: none; }
button:focus-visible, a:focus-visible, textarea:focus-visible { outline: 3px solid #4c8dff;
  outline-offset: 2px; }
button.good { background: var(--good); border-color: var(--good); color: var(--on); }
button.grave { background: var(--grave); border-color: var(--grave); color: var(--on); }
textarea { display: block; width: 100%; min-height: 5.5rem; padding: .75rem; font: inherit;
  color: inherit; background: var(--field); border: 2px solid var(--line); border-radius: .625rem;
  margin-bottom: .75rem; }
.task { border-top: 1px solid var(--line); padding-top: .5rem; }
a { color: inherit; }
"""


def hash_of(style: str) -> str:
    """By what a content security policy allows a style."""
    return b64encode(sha256(style.encode()).digest()).decode()


STYLE_HASH = hash_of(STYLE)
SAFE = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
"""The headers of every such page: nothing kept, indexed, framed, fetched or run."""
PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


class Turned(Exception):
    """A request that is not carried out: status, what to say, and why for the record."""

    def __init__(self, status: int, what: Words, why: str) -> None:
        super().__init__(why)
        self.status, self.what, self.why = status, what, why


def notice(title: Words, mend: Words) -> str:
    """A page for somebody of whom nothing is known, in both languages."""
    both = ((title.zh, mend.zh), (title.en, mend.en))
    body = [f"<h1>{escape(what)}</h1><p>{escape(then)}</p>" for what, then in both]
    return page("zh", title.zh, body)


def page(language: str, title: str, body: Iterable[str], style: str = STYLE) -> str:
    """A whole document; `style` is one that its policy allows by its hash."""
    tongue = "en" if language == "en" else "zh-CN"
    return PAGE.format(
        language=tongue, title=escape(title), style=style, body="\n".join(part for part in body)
    )
