"""What keeps a notice from being released: each rule says what is wrong, and the mend.

The sentences of a template and of the approved line are somebody's approved words; what people
fill in is not, and is looked at more closely.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from responder.domain.agreed_line import Version
from responder.domain.notice import FOLLOW_UP, PROMISES_MORE, RESTORED, Notice
from responder.domain.notice_phrases import (
    CAUSE_GUESSED,
    CAUSE_TOLD,
    PERSONAL,
    VAGUE,
    WHOLLY,
    figures_in,
)
from responder.domain.outlet import INVESTORS, OUTSIDE_FORMS
from responder.domain.wording import said_in
from responder.domain.words import Words

LONGEST_SMS = {"zh": 70, "en": 160}
"""What one SMS holds, the signature included."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a notice may not go out, and what mends it. `rule` is the rule's name."""

    rule: str
    what: Words
    mend: Words


@dataclass(frozen=True, slots=True)
class Ground:
    """What the rules look at beside the notice itself.

    `figures` are the numbers of the last report submitted to a regulator, None where there was
    none. `signature` is what stands before an SMS, by language; `zone_words` names the site's
    zone in a text, by language.
    """

    now: datetime
    line: Version | None
    cause_is_known: bool = False
    restored: bool = False
    continuing: bool = False
    figures: frozenset[str] | None = None
    own_numbers: tuple[str, ...] = ()
    signature: Mapping[str, str] = field(default_factory=dict)
    zone_words: Mapping[str, str] = field(default_factory=dict)


Rule = Callable[[Notice, Ground], Iterator[Objection]]


def objections(notice: Notice, ground: Ground) -> list[Objection]:
    """Everything that keeps a notice from being released now; nothing where all is well."""
    return [found for rule in RULES for found in rule(notice, ground)]


def _line_is_approved(notice: Notice, ground: Ground) -> Iterator[Objection]:
    line = ground.line
    if line is None or not line.is_approved:
        yield Objection(
            "line",
            Words("统一解释口径还没有签发", "The agreed line is not approved yet"),
            Words("请先由另一人签发口径：line approve。", "Have it approved first: line approve."),
        )
    elif line.sha256 != notice.line_sha256:
        yield Objection(
            "line",
            Words(
                f"口径已更新为第{line.number}版，公告仍按旧口径",
                f"The line is at version {line.number}; the notice follows an older one",
            ),
            Words("请按新口径重新拟稿：notice draft。", "Draft it anew: notice draft."),
        )


def _nothing_is_blank(notice: Notice, _ground: Ground) -> Iterator[Objection]:
    if notice.lacking:
        named = notice.lacking
        yield Objection(
            "blank",
            Words(f"还有空项：{'、'.join(named)}", f"Blanks are not filled: {', '.join(named)}"),
            Words(
                f"请补上，例如 --blank {named[0]}=…。", f"Fill them, such as --blank {named[0]}=…."
            ),
        )


def _times_are_exact(notice: Notice, ground: Ground) -> Iterator[Objection]:
    vague = {found for said in _filled_in(notice) for found in VAGUE.findall(said)}
    if vague:
        yield Objection(
            "time",
            Words(f"时间不确切：{'、'.join(sorted(vague))}", f"Vague: {', '.join(sorted(vague))}"),
            Words("请写明时刻，如20:15。", "Give the time of day, such as 20:15."),
        )
    for key, text in notice.texts.items():
        form, _, language = key.partition("/")
        zone = ground.zone_words.get(language, "")
        if form in OUTSIDE_FORMS and form != "sms" and zone and zone not in text:
            yield Objection(
                "zone",
                Words(f"{key}没有写明是{zone}", f"{key} does not say that times are {zone}"),
                Words("请在模板落款前写明时区。", "Name the zone in the template."),
            )


def _no_cause_is_claimed(notice: Notice, ground: Ground) -> Iterator[Objection]:
    if ground.cause_is_known:
        return
    told = [found[0] for said in _unapproved(notice, ground) for found in CAUSE_TOLD.finditer(said)]
    told += [found[0] for said in _filled_in(notice) for found in CAUSE_GUESSED.finditer(said)]
    if told or notice.of_incident == FOLLOW_UP:
        said = f"“{told[0]}”" if told else ""
        yield Objection(
            "cause",
            Words(
                f"原因尚未查实，不能对外说明原因{said}",
                f"The cause is not established, so none may be given {said}".rstrip(),
            ),
            Words(
                "请改为“原因正在核查”；查实后用 fact 登记为已确认。",
                "Say that it is being looked into; once it is established put it on record"
                " with `fact` as confirmed.",
            ),
        )


def _not_wholly_restored(notice: Notice, ground: Ground) -> Iterator[Objection]:
    if notice.of_incident == RESTORED and not ground.restored:
        yield Objection(
            "restored",
            Words("事件还没有转为“已恢复”", "The incident is not restored on the record"),
            Words(
                "请先验证业务并变更事件状态。",
                "Verify the business and set the state restored first.",
            ),
        )
    told = [m[0] for text in notice.texts.values() for m in WHOLLY.finditer(text)]
    if told and ground.continuing:
        yield Objection(
            "wholly",
            Words(
                f"持续报告未结束，不能写“{told[0]}”",
                f"A continuing report is still due, so “{told[0]}” may not be said",
            ),
            Words(
                "请写明哪些功能经验证可用；监管续报报告恢复后再用此说法。",
                "Say which functions are verified; keep this for after the report of restoration.",
            ),
        )


def _figures_agree(notice: Notice, ground: Ground) -> Iterator[Objection]:
    if ground.figures is None:
        return
    told = {figure for said in _filled_in(notice) for figure in figures_in(said)}
    if differing := sorted(told - ground.figures):
        yield Objection(
            "figures",
            Words(
                f"数字与最近一次报送监管的不一致：{'、'.join(differing)}",
                f"Figures differ from the last report submitted: {', '.join(differing)}",
            ),
            Words(
                "请与报告取同一数字，或先更正报告。",
                "Use the report's figures, or correct the report first.",
            ),
        )


def _something_can_be_done(notice: Notice, _ground: Ground) -> Iterator[Objection]:
    if notice.of_incident not in PROMISES_MORE:
        return
    for language, blanks in notice.blanks.items():
        ways = blanks.get("alternatives", "").strip()
        text = notice.texts.get(f"{INVESTORS}/{language}")
        if text is not None and not ways:
            yield Objection(
                "ways",
                Words("没有写投资者可以怎么办", "It tells investors nothing they can do"),
                Words(
                    "请写明替代渠道：--blank alternatives=…。",
                    "Name the ways that work: --blank alternatives=….",
                ),
            )


def _next_update_is_to_come(notice: Notice, ground: Ground) -> Iterator[Objection]:
    if notice.of_incident not in PROMISES_MORE:
        return
    if notice.next_update_at is None or notice.next_update_at <= ground.now:
        gone = notice.next_update_at is not None
        yield Objection(
            "next",
            Words(
                "下次公告时间已过" if gone else "没有写明下次公告时间",
                "The next update's time has passed" if gone else "The next update has no time",
            ),
            Words("请重新拟稿并给出时间：--next 20:45。", "Draft it with a time: --next 20:45."),
        )


def _no_personal_data(notice: Notice, ground: Ground) -> Iterator[Objection]:
    for key, text in notice.texts.items():
        bare = text
        for own in ground.own_numbers:
            bare = bare.replace(own, "")
        for name, pattern in PERSONAL:
            if pattern.search(bare):
                yield Objection(
                    "personal",
                    Words(f"{key}含{name.zh}", f"{key} holds {name.en}"),
                    Words("请删去客户信息。", "Remove what belongs to a customer."),
                )


def _never_said(notice: Notice, ground: Ground) -> Iterator[Objection]:
    forbidden = ground.line.forbidden if ground.line else ()
    spoken = {k: t for k, t in notice.texts.items() if k.partition("/")[0] in OUTSIDE_FORMS}
    for phrase in forbidden:
        if any(said_in(phrase, text) for text in (*spoken.values(), *_filled_in(notice))):
            yield Objection(
                "never_say",
                Words(f"口径规定不得说：“{phrase}”", f"The line forbids: “{phrase}”"),
                Words("请删去或改写。", "Remove or reword it."),
            )


def _fits_an_sms(notice: Notice, ground: Ground) -> Iterator[Objection]:
    for key, text in notice.texts.items():
        form, _, language = key.partition("/")
        most = LONGEST_SMS.get(language, 70)
        long = len(ground.signature.get(language, "") + text)
        if form == "sms" and long > most:
            yield Objection(
                "sms",
                Words(
                    f"短信连同签名{long}字，超过{most}字",
                    f"The SMS with its signature has {long} characters, over {most}",
                ),
                Words(
                    "请用 --blank system_short=… 或 ways_short=… 缩短。",
                    "Shorten it by --blank system_short=… or ways_short=….",
                ),
            )


def _filled_in(notice: Notice) -> list[str]:
    """What people wrote themselves."""
    return list(notice.given.values())


def _unapproved(notice: Notice, ground: Ground) -> list[str]:
    """The texts without the sentences of the line."""
    line, found = ground.line, []
    approved = list(line.sentences) if line else []
    for text in notice.texts.values():
        rest = text
        for sentence in approved:
            rest = rest.replace(sentence, "")
        found.append(rest)
    return found


RULES: tuple[Rule, ...] = (
    _line_is_approved,
    _nothing_is_blank,
    _times_are_exact,
    _no_cause_is_claimed,
    _not_wholly_restored,
    _figures_agree,
    _something_can_be_done,
    _next_update_is_to_come,
    _no_personal_data,
    _never_said,
    _fits_an_sms,
)
