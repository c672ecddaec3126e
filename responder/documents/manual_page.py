"""The contact manual as one HTML file: offline, searchable, printable, fetching nothing.

Its own style and script are all that may run in it; both are named by their hashes.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape

from responder.documents.manual import DESTROY, NETWORK_DOWN, TITLE, ManualWords
from responder.documents.manual_part import Part
from responder.domain.contact_manual import ContactManual
from responder.domain.words import Words

SEARCH = Words("搜索：姓名、岗位、单位、号码", "Search: name, role, unit, number")
NOTHING = Words("没有找到。", "Nothing found.")
NUMBER = re.compile(r"(?<![\w+])(?<!Telegram )(\+?\d[\d -]{4,}\d)")
"""What can be dialled: six digits or more, in groups, and no account on a platform."""
STYLE = """
:root{color-scheme:light}
body{font:16px/1.5 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;margin:0 auto;
max-width:70rem;padding:0 1rem 3rem;color:#000;background:#fff}
header{border-bottom:2px solid #000;padding:1rem 0 .5rem}
h1{font-size:1.4rem;margin:0}h2{font-size:1.1rem;margin:1.6rem 0 .4rem}
p{margin:.3rem 0}
#search{position:sticky;top:0;background:#fff;padding:.6rem 0}
input{font:inherit;width:100%;box-sizing:border-box;padding:.6rem;border:2px solid #000}
input:focus-visible,a:focus-visible{outline:3px solid #06c;outline-offset:2px}
table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid #000;padding:.35rem .5rem;text-align:left;vertical-align:top;
white-space:pre-line;overflow-wrap:anywhere}
th{border-top:2px solid #000}
a{color:#004b9b}
[hidden]{display:none}
@media (max-width:40rem){thead{display:none}tr{display:block;border-bottom:1px solid #000;
padding:.4rem 0}td{display:block;border:0;padding:.1rem 0}
td::before{content:attr(data-of);font-weight:bold;margin-right:.5em}}
@media print{#search{display:none}body{font-size:10pt;max-width:none;padding:0}
a{color:#000;text-decoration:none}tr{break-inside:avoid}}
"""
SCRIPT = """
"use strict";
const box=document.getElementById("wanted"),none=document.getElementById("none");
const plain=t=>t.normalize("NFKC").toLowerCase();
const rows=[...document.querySelectorAll("tbody tr")].map(r=>[r,plain(r.textContent),
plain(r.textContent).replace(/[^0-9]/g,"")]);
box.addEventListener("input",()=>{
const words=plain(box.value).split(/\\s+/).filter(Boolean);let shown=0;
for(const [row,text,digits] of rows){
row.hidden=!words.every(w=>text.includes(w)||(/^[0-9+-]{3,}$/.test(w)
&&digits.includes(w.replace(/[^0-9]/g,""))));
shown+=row.hidden?0:1;}
for(const s of document.querySelectorAll("section"))
s.hidden=words.length>0&&!s.querySelector("tbody tr:not([hidden])");
none.hidden=shown>0;});
"""


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


POLICY = (
    f"default-src 'none'; style-src 'sha256-{_hash(STYLE)}'; script-src 'sha256-{_hash(SCRIPT)}';"
    " base-uri 'none'; form-action 'none'"
)


def manual_page(manual: ContactManual, language: str) -> str:
    """The whole file."""
    return "\n".join(_page(ManualWords(manual, language)))


def _page(words: ManualWords) -> Iterator[str]:
    title = escape(words.said(TITLE))
    firm = escape(words.said(words.manual.site.firm.name))
    language = "en" if words.language == "en" else "zh-CN"
    yield f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
    yield '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">'
    yield f"<title>{firm} {title}</title><style>{STYLE}</style></head><body>"
    yield f"<header><h1>{firm} {title}</h1><p>{escape(_edition(words))}</p></header>"
    hint = escape(words.said(SEARCH))
    yield f'<div id="search"><input id="wanted" type="search" placeholder="{hint}"'
    yield f' aria-label="{hint}" autocomplete="off"></div><main>'
    yield f'<p id="none" role="status" hidden>{escape(words.said(NOTHING))}</p>'
    yield from _part(words.duty())
    yield from _part(words.succession())
    yield f"<section><h2>{escape(words.said(NETWORK_DOWN))}</h2><ol>"
    yield from (f"<li>{escape(line)}</li>" for line in words.network_down())
    yield "</ol></section>"
    for part in _tables(words):
        yield from _part(part)
    yield f"</main><script>{SCRIPT}</script></body></html>"


def _tables(words: ManualWords) -> Iterator[Part]:
    yield words.posts()
    yield from words.bodies()
    yield words.people()
    yield from words.units()


def _edition(words: ManualWords) -> str:
    made, version = words.manual.made_at.strftime("%Y-%m-%d %H:%M"), words.manual.version
    either = words.either
    return either(
        f"版本 {version}　{made}　{words.said(DESTROY)}",
        f"Version {version}, {made}; {words.said(DESTROY)}",
    )


def _part(part: Part) -> Iterator[str]:
    heads = "".join(f"<th>{escape(title)}</th>" for title in part.columns)
    yield f"<section><h2>{escape(part.title)}</h2><table><thead><tr>{heads}</tr></thead><tbody>"
    yield from (f"<tr>{''.join(_cells(part.columns, row))}</tr>" for row in part.rows)
    yield "</tbody></table></section>"


def _cells(columns: Iterable[str], row: Iterable[str]) -> Iterator[str]:
    for title, cell in zip(columns, row, strict=True):
        yield f'<td data-of="{escape(title)}">{_dialable(cell)}</td>'


def _dialable(cell: str) -> str:
    """A cell's text with its numbers as links that dial."""
    parts = NUMBER.split(cell)
    return "".join(_link(part) if n % 2 else escape(part) for n, part in enumerate(parts))


def _link(number: str) -> str:
    dialled = re.sub(r"[^\d+]", "", number)
    return f'<a href="tel:{dialled}">{escape(number)}</a>'
