"""Whether a request is Twilio's (https://www.twilio.com/docs/usage/security).

Twilio signs the address it called, as it knows it, followed by every field of the form in order
of its name. It signs no time: what is played back has to be known by what it says.
"""

import hmac
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha1
from urllib.parse import SplitResult, urlsplit, urlunsplit

PORTS = {"https": 443, "http": 80}


def signature(url: str, fields: Iterable[tuple[str, str]], token: str) -> str:
    """The signature of a form posted to an address; a field told twice counts once."""
    said = url + "".join(name + value for name, value in sorted(set(fields)))
    return b64encode(hmac.digest(token.encode(), said.encode(), sha1)).decode()


def is_signed(url: str, fields: Iterable[tuple[str, str]], given: str, token: str) -> bool:
    """Whether a signature fits, in constant time; with or without the port, as Twilio may."""
    if not token or not given.isascii():
        return False
    fields = list(fields)
    parts = urlsplit(url)
    fits = [
        hmac.compare_digest(signature(one, fields, token), given)
        for one in (url, _other_way(parts))
    ]
    return any(fits)


def _other_way(parts: SplitResult) -> str:
    """The same address with its port where it has none, and without where it has one."""
    host = parts.netloc.rpartition(":")[0] if parts.port else f"{parts.netloc}:{_port(parts)}"
    return urlunsplit(parts._replace(netloc=host))


def _port(parts: SplitResult) -> int:
    return PORTS.get(parts.scheme, 443)
