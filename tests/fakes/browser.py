"""Somebody with a phone: a browser without script that shows a page's words and its buttons."""

import http.client
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit


@dataclass
class Form:
    """A form: where it goes, what it carries, and what its button says."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    button: str = ""


@dataclass
class Shown:
    """A page as somebody sees it."""

    status: int
    headers: dict[str, str]
    html: str
    text: str = ""
    forms: list[Form] = field(default_factory=list)
    content: bytes = b""

    @property
    def buttons(self) -> list[str]:
        """What can be pressed."""
        return [form.button for form in self.forms]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.forms: list[Form] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        assert tag != "script", "a one-time page needs no script"
        assert not [name for name in given if name.startswith("on")], given
        if tag == "form":
            assert given["method"] == "post"
            self.forms.append(Form(given["action"]))
        elif tag in ("input", "textarea"):
            self.forms[-1].fields[given["name"]] = given.get("value", "")
        if tag not in ("meta", "input"):
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() == tag, f"{tag} is closed out of turn"

    def handle_data(self, data: str) -> None:
        if "style" in self.inside:
            return
        self.words.append(data)
        if "button" in self.inside:
            self.forms[-1].button += data


@dataclass
class Browser:
    """Opens addresses of one server; `shown` is the page in front of whoever holds it."""

    port: int
    shown: Shown | None = None
    cookie: str = ""

    def open(self, url: str) -> Shown:
        """Follow a link, or type one."""
        parts = urlsplit(url)
        return self.ask("GET", f"{parts.path}?{parts.query}".rstrip("?"))

    def press(self, button: str, **typed: str) -> Shown:
        """Press the button that begins so, with what was typed into its form."""
        assert self.shown is not None
        (form,) = [one for one in self.shown.forms if one.button.startswith(button)]
        return self.post(form.action, form.fields | typed)

    def post(self, address: str, fields: dict[str, str]) -> Shown:
        """Send a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", address, urlencode(fields).encode(), kind)

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Shown:
        """Any request at all."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            carried = {"Cookie": self.cookie} if self.cookie else {}
            line.request(method, path, body or None, carried | (headers or {}))
            answer = line.getresponse()
            content = answer.read()
            got = {name.lower(): value for name, value in answer.getheaders()}
        finally:
            line.close()
        html = content.decode(errors="replace")
        shown = Shown(answer.status, got, html, content=content)
        if kept := got.get("set-cookie"):
            self.cookie = kept.partition(";")[0]
        if got.get("content-type", "").startswith("text/html") and html:
            reader = _Reader()
            reader.feed(html)
            assert reader.inside == []
            shown.text, shown.forms = " ".join("".join(reader.words).split()), reader.forms
        self.shown = shown
        return shown
