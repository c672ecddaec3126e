"""The whole vocabulary: every verb, found by any of its phrases."""

from collections.abc import Mapping

from responder.domain.words import Words
from responder.inbound.language.after_words import AFTER
from responder.inbound.language.briefing_words import BRIEFINGS
from responder.inbound.language.calling_words import CALLING
from responder.inbound.language.card_words import CARDS
from responder.inbound.language.deciding_words import DECIDING
from responder.inbound.language.drill_words import DRILLS
from responder.inbound.language.duty_words import DUTY
from responder.inbound.language.grade_words import GRADES
from responder.inbound.language.incident_words import INCIDENTS
from responder.inbound.language.kept_words import KEPT
from responder.inbound.language.manual_words import MANUAL
from responder.inbound.language.owing_words import OWING
from responder.inbound.language.planning_words import PLANNING
from responder.inbound.language.public_words import PUBLIC
from responder.inbound.language.readiness_words import READINESS
from responder.inbound.language.report_words import REPORTS
from responder.inbound.language.text import plain
from responder.inbound.language.verb import Verb
from responder.inbound.language.work_words import WORK

VERBS: tuple[Verb, ...] = (
    *INCIDENTS,
    *DECIDING,
    *WORK,
    *CALLING,
    *OWING,
    *BRIEFINGS,
    *PUBLIC,
    *AFTER,
    *REPORTS,
    *GRADES,
    *READINESS,
    *KEPT,
    *PLANNING,
    *CARDS,
    *MANUAL,
    *DUTY,
    *DRILLS,
)
BY_NAME = {verb.name: verb for verb in VERBS}
PHRASES: dict[tuple[str, ...], tuple[Verb, Mapping[str, str]]] = {
    tuple(plain(phrase).split()): (verb, preset)
    for verb in VERBS
    for phrase, preset in verb.phrases.items()
}
LONGEST_PHRASE = max(map(len, PHRASES))
ROOTS = frozenset({"er", "responder", "应急"})
"""A platform's root command, in front of any verb."""

YES = frozenset({"yes", "y", "是", "是的", "确认"})
NO = frozenset({"no", "n", "否", "不", "取消"})
CONFIRM = Words(
    "确认请在2分钟内回复“是”；不回复则不执行。",
    "Reply “yes” within 2 minutes to confirm; without it nothing happens.",
)
