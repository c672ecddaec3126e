"""Notices: a template of the site and what an incident knows become a text for each form.

A template lies at `<folder>/<zh or en>/<FAULT>.<STAGE>.txt.j2`, and for a form other than the
text for investors at `<FAULT>.<STAGE>.<FORM>.txt.j2`; what a fault has none of its own of comes
from the shared `_<STAGE>`, `_<FORM>.<STAGE>` or `_<FORM>`, which may build on the fault's text for
investors as `main`. What people filled in is data: braces in it stay braces.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from responder.documents import drill
from responder.documents.template_folder import TemplateFolder
from responder.domain.notice_blanks import BLANKS, CLOSE, LISTS, OPEN, OPTIONAL
from responder.domain.outlet import FORMS, INVESTORS

ENDING = ".txt.j2"
LACKING = re.compile(rf"{OPEN}\?([a-z_]+){CLOSE}")
LONGEST_TEXT = 20000
LONGEST_WHY = 200
DRILL_FORMS = {"sms": "sms"}
"""The form whose mark of a drill counts; of any other it is that of written text."""


@dataclass(frozen=True, slots=True)
class Written:
    """A notice's texts in one language by form, and the blanks that nobody filled."""

    texts: dict[str, str]
    lacking: tuple[str, ...]


class NotWritten(Exception):
    """A template broke; in few words, how."""


class NoTemplate(NotWritten):
    """The site has no template for a form of a notice, nor a shared one."""


class NoticeTemplates:
    """The templates of notices of a site."""

    def __init__(self, folder: Path) -> None:
        """`folder` is the site's `templates/notices`."""
        self._folder = folder
        self._environments: dict[str, TemplateFolder] = {}

    def written(
        self, template: str, language: str, facts: Mapping[str, Any], is_drill: bool = False
    ) -> Written:
        """Every form of a notice. Raises NotWritten.

        `facts` are the blanks, and the lists `questions` and `never_say`; what is missing stands
        in the texts as ⟦?name⟧.
        """
        try:
            return self._written(template, language, facts, is_drill)
        except NotWritten:
            raise
        except Exception as error:
            raise NotWritten(f"{type(error).__name__}: {error}"[:LONGEST_WHY]) from error

    def _written(
        self, template: str, language: str, facts: Mapping[str, Any], is_drill: bool
    ) -> Written:
        values = {name: facts.get(name) or _stand_in(name) for name in BLANKS}
        values |= {name: facts.get(name) or () for name in LISTS}
        texts = {}
        for form in FORMS:
            found = self._template(template, language, form)
            main = self._template(template, language, INVESTORS)
            environment = self._environment(language)
            text = _tidy(environment.get_template(found).render(values | {"main": main}), form)
            marked = DRILL_FORMS.get(form, "chat")
            text = text[:LONGEST_TEXT]
            texts[form] = drill.mark(text, language, marked) if is_drill else text
        lacking = dict.fromkeys(n for text in texts.values() for n in LACKING.findall(text))
        return Written(texts, tuple(lacking))

    def _template(self, template: str, language: str, form: str) -> str:
        for name in names_for(template, form):
            if (self._folder / language / name).is_file():
                return name
        raise NoTemplate(f"{language}/{template}.{form}{ENDING}")

    def _environment(self, language: str) -> TemplateFolder:
        if language not in self._environments:
            folder = self._folder / language
            self._environments[language] = TemplateFolder.at(folder, language, keeps_lines=True)
        return self._environments[language]


def names_for(template: str, form: str) -> Iterator[str]:
    """The files that may hold the text of a form, the fault's own first."""
    stage = template.rpartition(".")[2]
    if form == INVESTORS:
        yield from (f"{template}{ENDING}", f"_{stage}{ENDING}")
    else:
        own = f"{template}.{form}{ENDING}"
        yield from (own, f"_{form}.{stage}{ENDING}", f"_{form}{ENDING}")


def _stand_in(name: str) -> str:
    return "" if name in OPTIONAL else f"{OPEN}?{name}{CLOSE}"


def _tidy(text: str, form: str) -> str:
    lines = [line.rstrip() for line in text.strip().splitlines()]
    if form == "sms":
        return " ".join(line for line in lines if line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
