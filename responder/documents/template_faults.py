"""What is wrong with a site's templates: each is read, and rendered as a night would need it.

A message's template is rendered for the real thing and for a drill, with every fact and with as
good as none; a notice's with every blank filled, in all its forms (`notice_faults`).
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from traceback import walk_tb

from jinja2 import Template, TemplateNotFound, TemplateSyntaxError, meta, nodes
from jinja2.exceptions import SecurityError

from responder.documents import sms
from responder.documents.facts import vocabulary
from responder.documents.messages import (
    FALLBACK,
    LANGUAGES,
    ON_ONE_LINE,
    SaysNothing,
    signature,
    written_by,
)
from responder.documents.notice_faults import NOTICE_NAMES, forms_missing, tried
from responder.documents.samples import sample
from responder.documents.template_folder import TemplateFolder
from responder.domain.message import FOR_ROOMS, READY_WORDS, Purpose
from responder.domain.words import Words

MESSAGES, NOTICES = "messages", "notices"
VIA_OF = {form: "slack" if form == "chat" else form for form in FALLBACK}
PURPOSE_OF = {
    f"{purpose}.{form}.j2": (purpose, form)
    for purpose in Purpose
    if purpose not in READY_WORDS
    for form in (("chat",) if purpose in FOR_ROOMS else FALLBACK)
}
NEEDED = frozenset(
    name
    for name, (purpose, form) in PURPOSE_OF.items()
    if form in ("voice", "sms") or purpose in FOR_ROOMS
)
"""Templates that no other stands in for."""
BARE = ("title", "level", "at", "incident")
"""The facts that every incident has."""
LANGUAGE_NAMES = {"zh": Words("中文", "Chinese"), "en": Words("英文", "English")}
SPELLING = Words(
    "请检查 {{ }} 与 {% %} 是否成对，过滤器名称是否正确。",
    "Check that {{ }} and {% %} come in pairs, and the names of filters.",
)
MEND = Words("请改正此处，或去掉。", "Mend this place, or remove it.")
WORDS_ONLY = Words("模板只能选用文字，请去掉此处。", "Templates may only choose words: remove it.")
WRITE = Words("请撰写此模板。", "Write it.")
SAY_SOMETHING = Words("请写出要说的话。", "Write what it is to say.")
SHORTEN = {
    "zh": Words(
        "请删减固定文字，连同签名不超过70字。",
        "Shorten its own words: 70 characters at most, with the signature.",
    ),
    "en": Words(
        "请删减固定文字，不超过160个字符。", "Shorten its own words: 160 characters at most."
    ),
}


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """What is wrong in a line of a template; `file` is relative to the folder of templates.

    A grave one keeps the template from being used at all.
    """

    file: str
    line: int
    is_grave: bool
    what: Words
    mend: Words


def faults_of(folder: Path) -> Iterator[TemplateFault]:
    """The faults of a site's templates, `folder` being its `templates/`."""
    there = {language: _names(folder / MESSAGES / language) for language in LANGUAGES}
    everywhere = frozenset[str]().union(*there.values())
    for language, names in there.items():
        place = f"{MESSAGES}/{language}"
        for name in sorted((everywhere | NEEDED) & PURPOSE_OF.keys() - names):
            what = _missing(name, language, everywhere)
            yield TemplateFault(f"{place}/{name}", 1, False, what, WRITE)
        for name in sorted(names):
            yield from _faults(folder, f"{place}/{name}", _message_faults, language)
    for language in LANGUAGES:
        place = f"{NOTICES}/{language}"
        for name in sorted(_names(folder / place)):
            yield from _faults(folder, f"{place}/{name}", _notice_faults, language)
    for file in forms_missing(folder / NOTICES, LANGUAGES):
        what = Words("此种公告没有模板，也没有通用模板", "There is no template, nor a shared one")
        yield TemplateFault(f"{NOTICES}/{file}", 1, True, what, WRITE)


@dataclass(frozen=True, slots=True)
class _Fault:
    """A fault of the template in hand."""

    line: int
    what: Words
    mend: Words
    is_grave: bool = True


Trial = Callable[[Path, str], Iterator[_Fault]]


def _faults(folder: Path, file: str, trial: Trial, language: str) -> Iterator[TemplateFault]:
    """What a trial of a template finds; whatever it breaks off with is the last finding."""
    try:
        for one in trial(folder / file, language):
            yield TemplateFault(file, one.line, one.is_grave, one.what, one.mend)
    except Exception as error:  # noqa: BLE001 - a template may raise anything
        what, mend = _said_of(error)
        yield TemplateFault(file, _line(error, folder / file), True, what, mend)


def _message_faults(path: Path, language: str) -> Iterator[_Fault]:
    is_a_part = path.name.startswith("_")
    if path.name not in PURPOSE_OF and not is_a_part:
        yield _no_purpose(path.name)
        return
    purpose, form = PURPOSE_OF.get(path.name, (None, "chat"))
    folder = _folder(path.parent, language, form not in ON_ONE_LINE)
    source = _read(folder, path)
    template = Template.from_code(
        folder, folder.compile(source, path.name, str(path)), folder.make_globals(None)
    )
    unknown = list(_unknown_names(source, purpose))
    yield from unknown
    if purpose is not None and not unknown:
        yield from _rendered(template, purpose, form, language)


def _notice_faults(path: Path, language: str) -> Iterator[_Fault]:
    source = _read(_folder(path.parent, language, True), path)
    for node in source.find_all(nodes.Extends):
        base = node.template
        if isinstance(base, nodes.Const) and not (path.parent / str(base.value)).is_file():
            what, mend = _said_of(TemplateNotFound(str(base.value)))
            yield _Fault(node.lineno, what, mend)
            return
    unknown = list(_names_beyond(source, set(NOTICE_NAMES)))
    yield from unknown
    too_long = () if unknown else tried(path, language)
    for length, most in too_long:
        what = Words(f"短信有{length}字，超过{most}字", f"The SMS has {length} characters: {most}")
        yield _Fault(1, what, SHORTEN[language])


@cache
def _folder(folder: Path, language: str, keeps_lines: bool) -> TemplateFolder:
    return TemplateFolder.at(folder, language, keeps_lines)


def _read(folder: TemplateFolder, path: Path) -> nodes.Template:
    return folder.parse(path.read_bytes().decode("utf-8"), path.name, str(path))


def _names(folder: Path) -> frozenset[str]:
    """The files right under a folder, hidden ones left out."""
    if not folder.is_dir():
        return frozenset()
    return frozenset(one.name for one in folder.iterdir() if one.name[0] != "." and one.is_file())


def _unknown_names(source: nodes.Template, purpose: Purpose | None) -> Iterator[_Fault]:
    """Names that no message of the purpose gives, wherever in the template they stand."""
    known = {name for one in ([purpose] if purpose else Purpose) for name in vocabulary(one)}
    yield from _names_beyond(source, known)


def _names_beyond(source: nodes.Template, known: set[str]) -> Iterator[_Fault]:
    """Names that a template uses and nobody gives."""
    for name in sorted(meta.find_undeclared_variables(source) - known):
        line = min(one.lineno for one in source.find_all(nodes.Name) if one.name == name)
        what = Words(f"没有“{name}”这项内容", f"There is no “{name}” to say")
        yield _Fault(line, what, _nearest(name, known))


def _rendered(template: Template, purpose: Purpose, form: str, language: str) -> Iterator[_Fault]:
    for drill in (False, True):
        full = sample(purpose, VIA_OF[form], language, drill)
        words = written_by(template, form, full, language, form)
        count = sms.segments(signature(full.facts, language) + words) if form == "sms" else 1
        if count > 1:
            yield _Fault(1, _too_long(count, drill), SHORTEN[language], is_grave=False)
        bare = replace(full, facts={name: full.facts[name] for name in BARE})
        with suppress(SaysNothing):
            written_by(template, form, bare, language, form)


def _said_of(error: Exception) -> tuple[Words, Words]:
    """What an error of a template means, and the mend."""
    match error:
        case SaysNothing():
            return Words("模板没有写出任何文字", "The template says nothing"), SAY_SOMETHING
        case TemplateSyntaxError():
            said = error.message or ""
            return Words(
                f"模板语法错误（{said}）", f"The template cannot be read: {said}"
            ), SPELLING
        case TemplateNotFound():
            what = Words(f"没有模板“{error.name}”", f"There is no template “{error.name}”")
            return what, Words("请核对名称，或补上此文件。", "Check its name, or add the file.")
        case SecurityError():
            said = error.message or ""
            what = Words(
                f"模板做了不允许的操作（{said}）", f"The template does what none may: {said}"
            )
            return what, WORDS_ONLY
        case UnicodeDecodeError():
            what = Words("不是 UTF-8 编码的文字", "This is not text in UTF-8")
            return what, Words("请以 UTF-8 编码另存。", "Save the file in UTF-8.")
        case _:
            said = f"{type(error).__name__}: {error}"
            return Words(f"模板执行出错（{said}）", f"The template breaks: {said}"), MEND


def _line(error: Exception, path: Path) -> int:
    """The line of the template that an error is about."""
    if isinstance(error, UnicodeDecodeError):
        return error.object.count(b"\n", 0, error.start) + 1
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    steps = walk_tb(error.__traceback__)
    lines = [line for frame, line in steps if frame.f_code.co_filename == str(path)]
    return lines[-1] if lines else 1


def _missing(name: str, language: str, everywhere: frozenset[str]) -> Words:
    if name in everywhere:
        here = LANGUAGE_NAMES[language]
        return Words(f"没有对应的{here.zh}模板", f"It has no counterpart in {here.en}")
    return Words("没有此模板，将用内置语句", "There is none: a built-in sentence stands in")


def _too_long(count: int, drill: bool) -> Words:
    which = Words("演练时", " in a drill") if drill else Words()
    return Words(f"{which.zh}需{count}条短信才能发出", f"It takes {count} SMS{which.en}")


def _no_purpose(name: str) -> _Fault:
    near = get_close_matches(name, PURPOSE_OF, 1)
    what = Words("没有消息会用此模板", "No message uses this template")
    otherwise = Words("请核对文件名，或移走。", "Check its name, or move it.")
    mend = Words(f"您是否指：{near[0]}？", f"Did you mean {near[0]}?") if near else otherwise
    return _Fault(1, what, mend, is_grave=False)


def _nearest(name: str, known: set[str]) -> Words:
    near = get_close_matches(name, known, 1)
    if near:
        return Words(f"您是否指：{near[0]}？", f"Did you mean {near[0]}?")
    listed = sorted(known)
    return Words(f"可用：{'、'.join(listed)}。", f"There are {', '.join(listed)}.")
