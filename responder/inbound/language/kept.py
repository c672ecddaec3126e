"""A conversation as the house keeps it between two lines, and back."""

from responder.domain.talk import Offered, Question, Talk, Utterance
from responder.inbound.language.conversation import Choice, Conversation, Waiting
from responder.inbound.language.parse import Said
from responder.inbound.language.text import tokens
from responder.inbound.language.words import BY_NAME


def conversation_of(talk: Talk | None, alone: bool) -> Conversation:
    """What was kept, as a conversation that goes on; what no verb of today fits is forgotten."""
    if talk is None:
        return Conversation(alone=alone)
    waiting = {
        person: _waiting(question)
        for person, question in talk.asked.items()
        if question.utterance.verb in BY_NAME
    }
    return Conversation(talk.incident, talk.language, alone, waiting)


def question_of(waiting: Waiting | None) -> Question | None:
    """What somebody was asked, to be kept; its id is given by whoever keeps it."""
    if waiting is None:
        return None
    choices = tuple(Offered(choice.label, _utterance(choice.said)) for choice in waiting.choices)
    lacks = waiting.lacks.name if waiting.lacks else ""
    return Question("", _utterance(waiting.said), waiting.until, choices, lacks)


def _utterance(said: Said) -> Utterance:
    rest = said.tokens[0].start if said.tokens else -1
    return Utterance(said.line, said.verb.name, dict(said.given), rest, said.sure)


def _said(kept: Utterance) -> Said:
    words = tokens(kept.line, kept.rest) if kept.rest >= 0 else ()
    return Said(kept.line, BY_NAME[kept.verb], words, kept.given, kept.sure)


def _waiting(question: Question) -> Waiting:
    verb = BY_NAME[question.utterance.verb]
    choices = tuple(
        Choice(offered.label, _said(offered.utterance))
        for offered in question.choices
        if offered.utterance.verb in BY_NAME
    )
    lacks = verb.slot(question.lacks) if question.lacks else None
    return Waiting(_said(question.utterance), question.until, choices, lacks)
