"""How a text counts as SMS: GSM-7 or UCS-2, and in how many segments."""

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = frozenset("^{}\\[~]|€\f")
"""The alphabet of GSM 03.38; a character of the extension counts twice."""
GSM = GSM_BASIC | GSM_EXTENDED

FOLDED = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "·": "-", "•": "-"}
)


def fold(text: str) -> str:
    """Typographic signs as their plain cousins, so that an English text stays GSM-7."""
    return text.translate(FOLDED)


def is_gsm(text: str) -> bool:
    """Whether a text can be sent in the seven-bit alphabet."""
    return GSM.issuperset(text)


def length(text: str) -> int:
    """How much of its segments a text takes: septets if it is GSM-7, else UTF-16 units."""
    if is_gsm(text):
        return len(text) + sum(map(text.count, GSM_EXTENDED))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def segments(text: str) -> int:
    """How many messages a text is sent as."""
    single, part = (160, 153) if is_gsm(text) else (70, 67)
    units = length(text)
    return 1 if units <= single else -(-units // part)
