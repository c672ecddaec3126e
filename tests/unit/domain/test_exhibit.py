"""Names of evidence are harmless, whatever they were."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.domain.exhibit import LONGEST_NAME, safe_name


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("core.log", "core.log"),
        ("交易日志 2026.txt", "交易日志 2026.txt"),
        ("../../etc/passwd", "passwd"),
        ("..", "file"),
        ("", "file"),
        ("C:\\Users\\x\\a.log", "a.log"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("a\x00\x1b[31m\n.txt", "a[31m.txt"),
        ("a%2e%2f.txt", "a_2e_2f.txt"),
        ("CON.txt", "_CON.txt"),
        (".htaccess", "htaccess"),
        ("x" * 500 + ".log", "x" * 116 + ".log"),
    ],
)
def test_names_are_made_safe(given_name, safe):
    assert safe_name(given_name) == safe


@given(st.text())
def test_no_name_does_harm(name):
    """No folder, nothing unseen, nothing reserved; made safe twice it is the same."""
    safe = safe_name(name)
    assert 0 < len(safe) <= LONGEST_NAME + 1
    assert not set(safe) & set('/\\<>:"|?*%\n')
    assert safe not in (".", "..")
    assert safe == safe.strip(" ")
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in safe)
    assert safe_name(safe) == safe
