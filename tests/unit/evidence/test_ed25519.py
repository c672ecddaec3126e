"""The verifier's own Ed25519 agrees with RFC 8032 and with a library that many rely on."""

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from responder.evidence import verify
from responder.evidence.verify import ORDER, P, is_signed

VECTORS = {
    "test 1": (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    "test 2": (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    "test 3": (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
}
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()


def library(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@pytest.mark.parametrize("name", VECTORS)
def test_the_vectors_of_the_rfc(name):
    """RFC 8032, section 7.1."""
    public, message, signature = map(bytes.fromhex, VECTORS[name])
    assert is_signed(public, message, signature)
    assert not is_signed(public, message + b"x", signature)


@settings(max_examples=60)
@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=200))
def test_what_the_library_signs_is_signed(seed, message):
    key = Ed25519PrivateKey.from_private_bytes(seed)
    assert is_signed(key.public_key().public_bytes_raw(), message, key.sign(message))


@settings(max_examples=100)
@given(place=st.integers(0, 64 + 32 + 8 - 1), bit=st.integers(0, 7))
def test_one_bit_makes_the_difference(place, bit):
    """In the key, the signature or the message."""
    message = b"evidence"
    whole = bytearray(PUBLIC + KEY.sign(message) + message)
    whole[place] ^= 1 << bit
    public, signature, said = bytes(whole[:32]), bytes(whole[32:96]), bytes(whole[96:])
    assert not is_signed(public, said, signature)
    assert not library(public, said, signature)


def test_no_signature_has_a_second_form():
    """Adding the group's order to S gives the same point; the RFC says to refuse it."""
    signature = KEY.sign(b"x")
    s = int.from_bytes(signature[32:], "little") + ORDER
    assert not is_signed(PUBLIC, b"x", signature[:32] + s.to_bytes(32, "little"))


@pytest.mark.parametrize(
    "public",
    [b"", b"\0" * 31, (2).to_bytes(32, "little"), P.to_bytes(32, "little"), b"\xff" * 32],
)
def test_what_is_no_key_signs_nothing(public):
    assert not is_signed(public, b"x", KEY.sign(b"x"))
    assert not is_signed(PUBLIC, b"x", KEY.sign(b"x")[:63])


def test_a_key_has_one_form():
    """A point written with y beyond the field's prime is refused, though it is the same point."""
    x, y, z, _ = verify._times(5, verify.BASE)
    x, y = x * pow(z, -1, P) % P, y * pow(z, -1, P) % P
    signature = (y | (x & 1) << 255).to_bytes(32, "little") + (5).to_bytes(32, "little")
    assert is_signed((1).to_bytes(32, "little"), b"x", signature)
    assert not is_signed((P + 1).to_bytes(32, "little"), b"x", signature)
