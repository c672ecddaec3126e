"""E-mail by SMTP (RFC 5321): one connection kept, each message under a Message-ID of its own.

A message sent again carries the same Message-ID, so that a mailbox or its owner sees that it is
the same. All mails of an incident refer to one that was never sent: programs show them together.
"""

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from email.utils import format_datetime, parseaddr
from ipaddress import ip_address
from ssl import SSLError
from urllib.parse import unquote, urlsplit

from aiosmtplib import SMTP
from aiosmtplib.errors import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
)

from responder.domain.message import Message
from responder.domain.words import Words
from responder.errors import SettingError
from responder.ports.channel import Fate, Pace, Receipt
from responder.ports.probe import Lack, Probe, unreachable
from responder.ports.renderer import Text

TIMEOUT = 8.0
"""Seconds for everything that sending one mail takes, the wait for the connection included."""
QUICK = 2.0
"""Seconds within which a kept connection must answer, and a closing one be told so."""
PACE = Pace(rate=5, burst=20)
"""There is no common limit: a site whose server takes less, or more, says so (`smtp.rate`)."""
LATER = timedelta(minutes=1)
"""How long to wait after a 4xx: the least that greylisting servers ask for (RFC 6647)."""
PORTS = {"smtp": 25, "smtps": 465}
SUBMISSION = 587
"""Where a server takes mail from users with a password (RFC 6409)."""
NOT_OUR_RECIPIENT = (530, 535, 538)
"""Answers to a recipient that are about our login (RFC 4954)."""
STATUS = re.compile(r"[245]\.(\d{1,3})\.\d{1,3}(?= |$)")
"""An enhanced status code (RFC 3463); its second part is 7 where policy refuses, not the box."""
POLICY = "7"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed in: `smtp[s]://user:password@host:port`."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    implicit_tls: bool = False

    @classmethod
    def of(cls, url: str) -> "Server":
        """The server a URL names. Raises SettingError; the URL, a secret, is not repeated."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise _no_server() from error
        if parts.scheme not in PORTS or not parts.hostname:
            raise _no_server()
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        tls = parts.scheme == "smtps"
        usual = SUBMISSION if user and not tls else PORTS[parts.scheme]
        return cls(parts.hostname, port or usual, user, password, tls)

    @property
    def must_encrypt(self) -> bool:
        """Whether STARTTLS is not left to the server: a password is for nobody else to read."""
        return bool(self.user) and not self.implicit_tls and not _is_here(self.host)

    def connection(self, called: str) -> SMTP:
        """A connection yet to be made; `called` is what we call ourselves in EHLO."""
        return SMTP(
            hostname=self.host,
            port=self.port,
            username=self.user or None,
            password=self.password or None,
            local_hostname=called,
            timeout=TIMEOUT,
            use_tls=self.implicit_tls,
            start_tls=False if self.implicit_tls else True if self.must_encrypt else None,
        )


class Email:
    """Sends plain-text mail through one SMTP server, one mail at a time."""

    name = "email"
    vias = frozenset({"email"})
    real = True
    pace = PACE

    def __init__(self, url: str, sender: str) -> None:
        """`sender` is `name <address>` or an address. Raises SettingError for what is neither."""
        self._server = Server.of(url)
        self._sender = _sender(sender or self._server.user)
        self._kept: SMTP | None = None
        self._turn = asyncio.Lock()

    async def send(self, message: Message, text: Text) -> Receipt:
        """Hand one mail in. What is lost before its DATA was not sent; after it, nobody knows."""
        to = _mailbox(message.to)
        if to is None:
            return Receipt(Fate.NEVER, reason="not an e-mail address")
        under_way = _UnderWay(to.addr_spec, _letter(message, text, self._sender, to))
        try:
            async with asyncio.timeout(TIMEOUT), self._turn:
                await self._hand_in(under_way)
        except SMTPResponseException as error:
            return _answered(error, under_way.step)
        except (SMTPException, OSError) as error:
            return under_way.broken_off(type(error).__name__)
        return Receipt(Fate.ACCEPTED, provider_id=self._mark(message))

    async def look_up(self, message: Message) -> Receipt | None:  # noqa: ARG002 - SMTP has no memory
        """SMTP cannot say: the mail goes out again under the same Message-ID."""
        return Receipt(Fate.UNKNOWN, reason="SMTP cannot look up")

    async def probe(self) -> Probe:
        """Connect, greet and log in on a line of its own; no mail is begun."""
        where = f"{self._server.host}:{self._server.port}"
        line = self._server.connection(self._sender.domain)
        lacks: tuple[Lack, ...] = ()
        try:
            async with asyncio.timeout(TIMEOUT):
                await line.connect()
                await line.quit()
        except (SMTPException, OSError) as error:
            lacks = (_lack(error, where),)
        finally:
            line.close()
        return Probe(f"{self._sender.addr_spec}, {where}", lacks)

    async def close(self) -> None:
        """Take leave of the server."""
        kept, self._kept = self._kept, None
        if kept is not None and kept.is_connected:
            with suppress(SMTPException, OSError):
                await kept.quit(timeout=QUICK)
            kept.close()

    async def _hand_in(self, mail: "_UnderWay") -> None:
        try:
            line = await self._line()
            mail.step = "MAIL"
            await line.mail(self._sender.addr_spec)
            mail.step = "RCPT"
            await line.rcpt(mail.to)
            mail.step = "DATA"
            await line.data(mail.content)
        except SMTPResponseException:
            raise  # the server refused this mail and takes the next
        except BaseException:
            self._drop()  # half a dialogue is no use to the next mail, whoever broke it off
            raise

    async def _line(self) -> SMTP:
        """The kept connection if it still answers, else a new one."""
        if self._kept is not None and self._kept.is_connected:
            try:
                await self._kept.rset(timeout=QUICK)
            except (SMTPException, OSError):
                self._drop()
            else:
                return self._kept
        self._drop()
        fresh = self._server.connection(self._sender.domain)
        await fresh.connect()
        self._kept = fresh
        return fresh

    def _drop(self) -> None:
        if self._kept is not None:
            self._kept.close()
        self._kept = None

    def _mark(self, message: Message) -> str:
        return f"<{message.id}@{self._sender.domain}>"


@dataclass(slots=True)
class _UnderWay:
    """One mail and how far its dialogue got."""

    to: str
    content: bytes
    step: str = "connecting"

    def broken_off(self, why: str) -> Receipt:
        fate = Fate.UNKNOWN if self.step == "DATA" else Fate.REFUSED
        return Receipt(fate, reason=f"{self.step}: {why}")


def _letter(message: Message, text: Text, sender: Address, to: Address) -> bytes:
    """A mail as it goes over the wire. The drill's mark stands first in text and subject."""
    letter = EmailMessage(policy=WIRE)
    letter["From"] = sender
    letter["To"] = to
    letter["Subject"] = " ".join(CONTROL.sub(" ", text.subject or text.body[:78]).split())
    letter["Date"] = format_datetime(message.ready_at)
    letter["Message-ID"] = f"<{message.id}@{sender.domain}>"
    letter["In-Reply-To"] = letter["References"] = f"<{message.incident}@{sender.domain}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(CONTROL.sub(" ", text.body), charset="utf-8", cte="base64")
    return letter.as_bytes()


def _answered(error: SMTPResponseException, step: str) -> Receipt:
    """What a refusal means. Its words may hold an address: only its codes go on the record."""
    status = STATUS.match(error.message)
    codes = f"{error.code} {status[0]}" if status else f"{error.code}"
    reason = f"{step}: the server answered {codes}"
    if 400 <= error.code < 500 and error.code != 421:
        return Receipt(Fate.RETRY_AFTER, reason=reason, after=LATER)
    ours = error.code in NOT_OUR_RECIPIENT or (status is not None and status[1] == POLICY)
    if isinstance(error, SMTPRecipientRefused) and error.code >= 500 and not ours:
        return Receipt(Fate.NEVER, reason=reason)
    return Receipt(Fate.REFUSED, reason=reason)


def _lack(error: Exception, where: str) -> Lack:
    """Why a server could not be spoken to, or did not let us in."""
    match error:
        case SMTPAuthenticationError() if error.code >= 500:
            return Lack(
                Words(
                    f"服务器不接受用户名或口令（{error.code}）。",
                    f"It refuses the login ({error.code}).",
                ),
                Words(
                    "请核对 RESPONDER_SMTP__URL 中的用户与口令。",
                    "Check user and password in RESPONDER_SMTP__URL.",
                ),
            )
        case SMTPResponseException():
            return Lack(
                Words(f"服务器拒绝连接（{error.code}）。", f"It turns us away ({error.code})."),
                Words(
                    "请联系邮件管理员放行本机。",
                    "Ask who runs the mail server to admit this machine.",
                ),
            )
    if isinstance(error, SSLError) or isinstance(error.__cause__, SSLError):
        return Lack(
            Words(
                "服务器证书不可信，或不是 TLS 端口。",
                "Its certificate is not trusted, or the port speaks no TLS.",
            ),
            Words(
                "请核对主机名、端口与证书。", "Check the host's name, the port and the certificate."
            ),
        )
    if isinstance(error, OSError):
        return unreachable(where)
    return Lack(
        Words("服务器不支持加密或登录。", "It offers no encryption, or no login."),
        Words(
            "请换用 smtps:// 或该服务器的提交端口（587）。",
            "Use smtps://, or its submission port (587).",
        ),
    )


def _mailbox(text: str) -> Address | None:
    """An address that every server can be told; None for anything else."""
    try:
        address = Address(addr_spec=text)
    except (MessageError, ValueError, IndexError):
        return None
    return address if text.isascii() and address.domain and not CONTROL.search(text) else None


def _sender(text: str) -> Address:
    name, spec = parseaddr(text)
    address = _mailbox(spec)
    if address is None:
        raise SettingError(
            key="RESPONDER_SMTP__SENDER",
            why_zh="不是可用的发件地址",
            why_en="it is no address to send from",
            mend_zh="例如：应急处置 <er@example.com>。",
            mend_en="For example: Emergency desk <er@example.com>.",
        )
    return Address(name, address.username, address.domain)


def _no_server() -> SettingError:
    return SettingError(
        key="RESPONDER_SMTP__URL",
        why_zh="不是邮件服务器地址",
        why_en="it names no mail server",
        mend_zh="例如：smtps://用户:口令@mail.example.com:465，特殊字符按%XX书写。",
        mend_en="For example smtps://user:password@mail.example.com:465, special signs as %XX.",
    )


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
