"""Telephone numbers as people write and dial them."""

import re

MOBILE = re.compile(r"\+86(1[3-9]\d)(\d{4})(\d{4})")
LANDLINE = re.compile(r"\+86(10|2\d|[3-9]\d{2})(\d{3,4})(\d{4})")


def number_shown(number: str, language: str) -> str:
    """A number in groups: in Chinese those of the mainland as they are dialled there.

    What is no such number stays as it is.
    """
    if found := MOBILE.fullmatch(number):
        home, abroad = "{} {} {}", "+86 {} {} {}"
    elif found := LANDLINE.fullmatch(number):
        home, abroad = "0{}-{} {}", "+86 {} {} {}"
    else:
        return number
    return (home if language == "zh" else abroad).format(*found.groups())
