"""A time-stamping authority on loopback: OpenSSL's own, behind the real web server (RFC 3161)."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.fakes.web import serving

CONFIGURATION = """\
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
certs = {folder}/tsa.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


class TimeStampAuthority:
    """Stamps what it is asked to; `answers` may be set to say something else instead."""

    def __init__(self, folder: Path) -> None:
        self.url = ""
        self.asked: list[bytes] = []
        self.answers: Response | None = None
        self._folder = folder
        key = rsa.generate_private_key(65537, 2048)
        self.root = folder / "tsa.pem"
        self.root.write_bytes(_certificate(key).public_bytes(Encoding.PEM))
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / "tsa.key").write_bytes(secret)
        (folder / "serial").write_text("01")
        (folder / "tsa.cnf").write_text(CONFIGURATION.format(folder=folder))

    @contextmanager
    def served(self) -> Iterator["TimeStampAuthority"]:
        """At `url` as long as the block runs."""
        with serving([Route("/stamp", self._answer, methods=["POST"])]) as port:
            self.url = f"http://127.0.0.1:{port}/stamp"
            yield self

    async def _answer(self, request: Request) -> Response:
        assert request.headers["content-type"] == "application/timestamp-query"
        self.asked.append(await request.body())
        if self.answers is not None:
            return self.answers
        raw = await run_in_threadpool(self.stamped, self.asked[-1])
        return Response(raw, media_type="application/timestamp-reply")

    def stamped(self, query: bytes) -> bytes:
        """The response to a query."""
        (self._folder / "query.tsq").write_bytes(query)
        self._openssl("ts", "-reply", "-queryfile", "query.tsq", "-out", "reply.tsr")
        return (self._folder / "reply.tsr").read_bytes()

    def verifies(self, data: Path, response: Path) -> bool:
        """What a stranger with OpenSSL finds, who trusts this authority."""
        command = ["openssl", "ts", "-verify", "-data", str(data), "-in", str(response)]
        done = subprocess.run(
            [*command, "-CAfile", str(self.root)], capture_output=True, check=False
        )
        return done.returncode == 0

    def _openssl(self, *words: str) -> None:
        command = ["openssl", *words, "-config", "tsa.cnf"]
        subprocess.run(command, cwd=self._folder, check=True, capture_output=True)


def _certificate(key: rsa.RSAPrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Time")])
    now = datetime.now(UTC)
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )


def authority(folder: Path) -> TimeStampAuthority:
    """One with a key of its own; without OpenSSL a loud skip, and in CI a failure."""
    if shutil.which("openssl") is None:
        missing = "openssl is not here: the time-stamping authority of the tests needs it"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return TimeStampAuthority(folder)
