"""Help: every verb in one line, or one verb in full; and what to say to text nobody knows."""

from collections.abc import Sequence

from responder.domain.words import Words
from responder.inbound.language.nearest import nearest_verbs
from responder.inbound.language.parse import parse
from responder.inbound.language.text import plain, shown
from responder.inbound.language.verb import Verb
from responder.inbound.language.words import VERBS

WORDS = Words(
    "发送“帮助”看全部命令。",
    "Send “help” for all commands.",
)


def help_for(topic: str, language: str) -> str:
    """One verb in full, the verbs of a group, or all of them."""
    wanted = plain(topic)
    if not wanted:
        return _listed(VERBS, language)
    group = [verb for verb in VERBS if verb.name.split()[0] == wanted]
    said = parse(topic)
    if len(group) > 1 or (group and " " in group[0].name):
        return _listed(group, language)
    if said is not None and not said.tokens and said.verb.name != "help":
        return _full(said.verb, language)
    return unknown(topic, language)


def _listed(verbs: Sequence[Verb], language: str) -> str:
    return "\n".join(
        f"{verb.said(language)} ({verb.said('zh' if language == 'en' else 'en')})"
        f" · {verb.help.said(language)}"
        for verb in verbs
    )


def _full(verb: Verb, language: str) -> str:
    also = (" / ").join(verb.phrases)
    options = " ".join(f"[{slot.name}=…]" for slot in verb.slots if slot.named)
    lines = [f"{verb.said(language)} · {verb.help.said(language)}", also]
    return "\n".join([*lines, *([options] if options else []), example(verb, language)])


def example(verb: Verb, language: str) -> str:
    """A line of the verb that can be copied."""
    written = verb.example.said(language)
    return f"Example: {written}" if language == "en" else f"例：{written}"


def unknown(line: str, language: str) -> str:
    """What to answer to a text that is no command: nothing was done, and what it may have meant."""
    text, meant = shown(line), nearest_verbs(line, language)
    what = Words(
        f"“{text}”无法识别，没有执行。", f"“{text}” is not understood; nothing was done."
    ).said(language)
    if not meant:
        return f"{what} {WORDS.said(language)}"
    phrases = [phrase for phrase, _ in meant]
    near = Words(f"您是否指：{'、'.join(phrases)}？", f"Did you mean {', '.join(phrases)}?").said(
        language
    )
    return f"{what} {near} {example(meant[0][1], language)} {WORDS.said(language)}"
