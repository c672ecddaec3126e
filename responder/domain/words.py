"""A thing said in both languages of the product."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in Chinese and English; either may be empty, then the other is said."""

    zh: str = ""
    en: str = ""

    def said(self, language: str) -> str:
        """The words in `language` (`zh` or `en`), in the other one if there are none."""
        return (self.en or self.zh) if language == "en" else (self.zh or self.en)
