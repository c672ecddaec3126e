"""Ed25519 signatures, and the site's key in a file of its own."""

import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from responder.errors import SettingError

MODE = 0o600
SECRET_BYTES = 32


class KeyFileSigner:
    """Signs with the key in a PEM file, made on first use and readable by its owner alone."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._key = _read(path) if path.exists() else _make(path)

    @property
    def public_key(self) -> bytes:
        """The raw public key."""
        return self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, message: bytes) -> bytes:
        """The signature of a message."""
        return self._key.sign(message)

    def secret(self, purpose: bytes) -> bytes:
        """A secret of the site for one purpose; it tells nothing of the key, or of the others."""
        raw = self._key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
        return HKDF(SHA256(), SECRET_BYTES, None, purpose).derive(raw)


def verify_signature(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the three belong together."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _read(path: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, TypeError, ValueError) as error:
        raise _unusable(path) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _unusable(path)
    return key


def _make(path: Path) -> Ed25519PrivateKey:
    """Make the file; if another process makes it meanwhile, that key is the site's."""
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, MODE)
    try:
        os.write(descriptor, pem)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    try:
        path.hardlink_to(draft)  # whole or not at all, and never over one that is there
    except FileExistsError:
        return _read(path)
    finally:
        draft.unlink()
    return key


def _unusable(path: Path) -> SettingError:
    return SettingError(
        key="RESPONDER_SITE_KEY_FILE",
        why_zh=f"{path}不是可用的Ed25519私钥",
        why_en=f"{path} holds no usable Ed25519 private key",
        mend_zh="请恢复原密钥文件；确已遗失时移走该文件，将另生成并登记新密钥。",
        mend_en="Restore the key file; if it is lost, move this one away and a new key is made.",
    )
