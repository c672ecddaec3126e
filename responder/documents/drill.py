"""The one place that marks a drill (P5): below every template, above nothing."""

MARKS = {
    ("zh", "voice"): ("演练，演练。", "演练。"),
    ("zh", "sms"): ("演练：", ""),
    ("zh", "chat"): ("【演练】", ""),
    ("zh", "email"): ("【演练】", ""),
    ("zh", "by_hand"): ("演练，演练。", ""),
    ("en", "by_hand"): ("This is a drill. ", ""),
    ("en", "voice"): ("This is a drill. ", " This is a drill."),
    ("en", "sms"): ("DRILL: ", ""),
    ("en", "chat"): ("DRILL · ", ""),
    ("en", "email"): ("DRILL · ", ""),
}
"""What stands first, and last, by language and form. A mainland SMS must not contain 【】."""


def mark(words: str, language: str, form: str) -> str:
    """The words of a drill: marked first, and on the phone at the end again."""
    first, last = MARKS[language, form]
    return f"{first}{words}{last}"
