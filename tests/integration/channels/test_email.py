"""E-mail against a real SMTP dialogue: what arrives, and what each refusal comes to."""

import asyncio
import ssl
from collections import deque
from datetime import UTC, datetime, timedelta

import pytest

from responder.channels import email as email_room
from responder.channels.email import Email, Server
from responder.domain.message import Message, Purpose
from responder.errors import SettingError
from responder.ports.channel import Fate
from responder.ports.probe import Probe
from responder.ports.renderer import Text
from tests.fakes.certificate import certificate
from tests.fakes.smtp import MailServer

AT = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
TEXT = Text(
    "【演练】Ⅱ级响应 · 集中交易系统中断\n\n.请打开：https://er.example.com/r/abc", "【演练】Ⅱ级响应"
)
SENDER = "应急处置 <er@example.com>"


def message(id="m1", to="wang.fang@example.com", incident="INC-2026-0017"):
    return Message(id, incident, "wang.fang", "email", to, Purpose.PAGE, AT, code="0017")


def sent(server, *messages, text=TEXT, url="", sender=SENDER, between=None):
    """The receipts of mails sent one after the other on one channel."""

    async def story():
        channel, receipts = Email(url or server.url, sender), []
        for one in messages:
            receipts.append(await channel.send(one, text))
            if between:
                between()
        await channel.close()
        return receipts

    return asyncio.run(story())


@pytest.fixture
def server():
    with MailServer() as running:
        yield running
        assert running.unexpected == []


def test_a_mail_arrives_as_it_was_written(server):
    """Text and subject in any script; marked as automatic; a lone dot is no end."""
    (receipt,) = sent(server, message())
    assert receipt.fate is Fate.ACCEPTED
    assert receipt.provider_id == "<m1@example.com>"
    (mail,) = server.mails
    assert (mail.sender, mail.to) == ("er@example.com", ("wang.fang@example.com",))
    letter = mail.letter
    assert letter["Subject"] == "【演练】Ⅱ级响应"
    assert letter["From"] == SENDER
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content_type() == "text/plain"
    assert mail.text.splitlines() == TEXT.body.splitlines()


def test_mails_of_one_incident_hang_together(server):
    """Each has an id of its own, and all refer to the same; a re-send has the id it had."""
    sent(server, message("m1"), message("m2"), message("m1"), message("m3", incident="DRL-1"))
    ids = [mail.letter["Message-ID"] for mail in server.mails]
    threads = [(mail.letter["References"], mail.letter["In-Reply-To"]) for mail in server.mails]
    assert ids == [f"<m{n}@example.com>" for n in (1, 2, 1, 3)]
    assert threads[:3] == [("<INC-2026-0017@example.com>",) * 2] * 3
    assert threads[3] != threads[0]


def test_one_connection_serves_many_and_is_reopened_when_stale(server):
    """Kept from mail to mail; a server that restarts in between costs a new one, and no mail."""
    sent(server, message("a"), message("b"))
    assert server.connections == 1
    receipts = sent(server, message("c"), message("d"), between=server.cut)
    assert [one.fate for one in receipts] == [Fate.ACCEPTED, Fate.ACCEPTED]
    assert server.connections == 3


@pytest.mark.parametrize(
    ("step", "answer", "fate"),
    [
        ("RCPT", "550 5.1.1 wang.fang@example.com unknown", Fate.NEVER),
        ("RCPT", "552 mailbox full", Fate.NEVER),
        ("RCPT", "550 5.7.1 relaying denied", Fate.REFUSED),
        ("RCPT", "450 4.2.0 greylisted", Fate.RETRY_AFTER),
        ("RCPT", "421 4.3.2 shutting down", Fate.REFUSED),
        ("MAIL", "550 5.1.8 sender refused", Fate.REFUSED),
        ("MAIL", "451 4.3.0 try later", Fate.RETRY_AFTER),
        ("DATA", "554 5.5.1 no valid recipients", Fate.REFUSED),
        ("CONTENT", "554 5.6.0 not liked", Fate.REFUSED),
        ("CONTENT", "452 4.3.1 disk full", Fate.RETRY_AFTER),
    ],
)
def test_what_a_refusal_comes_to(server, step, answer, fate):
    """5xx of the recipient's box is for good, 4xx for a while; no address goes on the record."""
    server.says[step] = deque([answer])
    refused, taken = sent(server, message("a"), message("b"))
    assert refused.fate is fate
    assert answer[:3] in refused.reason
    assert "wang" not in refused.reason
    assert (refused.after == timedelta(minutes=1)) == (fate is Fate.RETRY_AFTER)
    assert taken.fate is Fate.ACCEPTED, "the next mail goes through, on the same connection or not"


@pytest.mark.parametrize(
    ("step", "fate"),
    [
        ("MAIL", Fate.REFUSED),
        ("RCPT", Fate.REFUSED),
        ("DATA", Fate.UNKNOWN),
        ("CONTENT", Fate.UNKNOWN),
    ],
)
def test_a_lost_connection(server, step, fate):
    """Before DATA nothing was sent; after it nobody knows, whether the server took it or not."""
    server.hangs_up = {step}
    (receipt,) = sent(server, message())
    assert receipt.fate is fate
    assert receipt.reason.startswith("DATA" if step == "CONTENT" else step)


def test_silence_ends_in_time(server, monkeypatch):
    """A server that says nothing is given up; the next mail gets a new connection."""
    monkeypatch.setattr(email_room, "TIMEOUT", 0.3)
    server.silent = {"CONTENT"}
    (receipt,) = sent(server, message())
    assert receipt.fate is Fate.UNKNOWN
    server.silent = set()
    assert sent(server, message("b"))[0].fate is Fate.ACCEPTED


def test_nobody_there():
    """No connection: surely not sent."""
    with MailServer() as gone:
        url = gone.url
    (receipt,) = sent(None, message(), url=url)
    assert receipt.fate is Fate.REFUSED


@pytest.mark.parametrize("to", ["", "8023", "张伟@example.com", "a@b\r\nBcc: c@d", "a b@c"])
def test_what_is_no_address_is_never_tried(server, to):
    """Nobody can be reached by it, and no header can be smuggled in."""
    (receipt,) = sent(server, message(to=to))
    assert receipt.fate is Fate.NEVER
    assert server.connections == 0


def test_no_header_is_smuggled_in_by_a_subject(server):
    """Line ends in a subject are spaces; control characters vanish from the text."""
    sent(server, message(), text=Text("应急\x00 \x1b[31m", "应急\r\nBcc: x@example.com"))
    letter = server.mails[0].letter
    assert letter["Bcc"] is None
    assert letter["Subject"] == "应急 Bcc: x@example.com"
    assert "\x1b" not in server.mails[0].text


@pytest.fixture
def trusted(tmp_path, monkeypatch):
    """A certificate for 127.0.0.1 that this machine trusts."""
    key, chain = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(chain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    return context


def test_starttls_where_it_is_offered(trusted):
    """The dialogue goes on encrypted, and the password is told only then."""
    with MailServer(tls=trusted, users={"er": "p@ss/word"}) as server:
        url = f"smtp://er:p%40ss%2Fword@127.0.0.1:{server.port}"
        assert sent(server, message(), url=url)[0].fate is Fate.ACCEPTED
        assert server.mails[0].encrypted


def test_tls_from_the_start(trusted):
    """smtps:// speaks TLS before anything else."""
    with MailServer(tls=trusted, implicit=True) as server:
        assert sent(server, message())[0].fate is Fate.ACCEPTED
        assert server.mails[0].encrypted


def test_a_certificate_nobody_trusts(tmp_path):
    """No mail goes to a server that cannot say who it is."""
    key, chain = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    with MailServer(tls=context) as server:
        assert sent(server, message())[0].fate is Fate.REFUSED
        assert server.mails == []


def test_a_wrong_password(server):
    """Refused, without the password or the user in the reason."""
    server.users = {"er": "right"}
    url = f"smtp://er:wrong@127.0.0.1:{server.port}"
    (receipt,) = sent(server, message(), url=url)
    assert receipt.fate is Fate.REFUSED
    assert "535" in receipt.reason
    assert "wrong" not in receipt.reason


def test_a_password_is_told_to_no_open_line():
    """Beyond this machine, a login without encryption is not even tried."""
    assert Server.of("smtp://er:secret@mail.example.com").must_encrypt
    assert not Server.of("smtp://mail.example.com").must_encrypt
    assert not Server.of("smtp://er:secret@localhost").must_encrypt
    assert "secret" not in repr(Server.of("smtp://er:secret@mail.example.com"))


@pytest.mark.parametrize("url", ["mail.here", "http://x", "smtp://user@", "smtp://x:notaport"])
def test_a_url_that_names_no_server(url):
    """Said at the start, with an example; the URL, which may hold a password, is not repeated."""
    with pytest.raises(SettingError, match="RESPONDER_SMTP__URL") as refused:
        Email(url, SENDER)
    assert url not in str(refused.value)


def test_a_sender_that_is_none():
    """Named with the variable to set; a user that is an address will do."""
    with pytest.raises(SettingError, match="RESPONDER_SMTP__SENDER"):
        Email("smtp://mail.example.com", "")
    assert Email("smtp://er%40example.com:x@mail.example.com", "").name == "email"


def probed(url):
    async def story():
        channel = Email(url, SENDER)
        try:
            return await channel.probe()
        finally:
            await channel.close()

    return asyncio.run(story())


def with_login(server, password):
    return server.url.replace("//", f"//er:{password}@")


def test_it_is_tried_without_a_mail(server):
    """Connected, greeted, logged in: known as its sender, and nothing was begun."""
    server.users = {"er": "secret"}
    probe = probed(with_login(server, "secret"))
    assert probe == Probe(f"er@example.com, 127.0.0.1:{server.port}")
    assert (server.connections, server.mails) == (1, [])


def test_what_the_server_refuses_is_said(server):
    """A wrong password, a server that turns us away, one without a login: each with its mend."""
    server.users = {"er": "secret"}
    (lack,) = probed(with_login(server, "wrong")).lacks
    assert "RESPONDER_SMTP__URL" in lack.mend.en
    assert "wrong" not in f"{lack.what} {lack.mend}"
    server.says["AUTH"].append("454 4.7.0 not now")
    (lack,) = probed(with_login(server, "secret")).lacks
    assert "454" in lack.what.en
    assert "password" not in lack.mend.en
    server.users = {}
    (lack,) = probed(with_login(server, "secret")).lacks
    assert "login" in lack.what.en


def test_a_server_that_is_not_there_or_not_to_be_trusted(tmp_path):
    """Nobody at the address, and a certificate nobody signed, are two things to mend."""
    (lack,) = probed("smtp://127.0.0.1:1").lacks
    assert "127.0.0.1:1" in lack.what.en
    key, chain = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    with MailServer(tls=context, implicit=True) as server:
        (lack,) = probed(server.url).lacks
    assert "certificate" in lack.what.en
