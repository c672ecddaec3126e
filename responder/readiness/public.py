"""7.2, sixth paragraph: the truth told to investors, the media answered.

Who owns what. 7.2-6a owns that there are outlets, that each system says what clients can do
meanwhile, and that no promised notice is late; 7.2-6b the one spokesperson, answers kept ready
for each fault, and questions from outside. The line and the notices' templates are 7.1-R.b.
"""

from collections.abc import Iterator

from responder.domain.inquiry import Channel
from responder.domain.obligation import Kind
from responder.domain.outlet import OUTSIDE_FORMS
from responder.domain.roster import Target
from responder.domain.words import Words
from responder.readiness.answering import IT_LEAD, lead, post
from responder.readiness.control import Gap, Seen, control
from responder.readiness.naming import named, system
from responder.readiness.situation import Situation

SETTINGS = "responder.toml"
VOICES = ("pr_lead", "customer_service_lead", IT_LEAD)


@control("7.2-6a", "如实告知投资者并引导应对", "Investors are told the truth, and what to do")
def investors(situation: Situation) -> Seen:
    """Outlets are named, alternatives are ready for each system, no notice is late."""
    site = situation.site
    outside = [one for one in site.outlets.values() if one.form in OUTSIDE_FORMS]
    serving = [one for one in site.systems.values() if one.customers > 0]
    gaps = [*_outlet_gaps(situation), *_substitute_gaps(situation), *_late_notices(situation)]
    return Seen(
        tuple(gaps),
        Words(
            f"对外发布渠道{len(outside)}个；{len(serving)}个面向客户的系统均写明替代办法。",
            f"{len(outside)} outlets; all {len(serving)} systems with clients say what else works.",
        ),
    )


def _outlet_gaps(situation: Situation) -> Iterator[Gap]:
    if not any(one.form in OUTSIDE_FORMS for one in situation.site.outlets.values()):
        yield Gap(
            Words("没有对外发布公告的渠道", "There is no outlet for public notices"),
            Words(
                f"在 {SETTINGS} 用 [[outlets]] 列出发布渠道。",
                f"List them as [[outlets]] in {SETTINGS}.",
            ),
            owner=post(situation, *VOICES),
        )


def _substitute_gaps(situation: Situation) -> Iterator[Gap]:
    for one in situation.site.systems.values():
        if one.customers > 0 and one.substitutes == Words():
            name = system(situation.site, one.id)
            yield Gap(
                Words(
                    f"{name.zh}没有写明投资者可用的替代办法",
                    f"{name.en}: it is not said what clients can do meanwhile",
                ),
                Words(
                    f"在 contacts/systems.yaml 填写 {one.id} 的 substitutes。",
                    f"Fill in substitutes of {one.id} in contacts/systems.yaml.",
                ),
                owner=one.owner,
            )


def _late_notices(situation: Situation) -> Iterator[Gap]:
    for one in situation.obligations:
        if one.kind is Kind.NOTICE and one.is_open and one.limit and one.limit < situation.at:
            yield Gap(
                Words(f"{one.incident}的公告逾期未发", f"A notice on {one.incident} is overdue"),
                Words(
                    f"执行 responder notice draft {one.incident}，签发后发布。",
                    f"responder notice draft {one.incident}; release and publish it.",
                ),
                owner=one.owner or post(situation, *VOICES),
            )


@control("7.2-6b", "配合媒体采访报道", "The media are answered")
def media(situation: Situation) -> Seen:
    """One voice speaks to the media, answers are kept ready, no question waits past its time."""
    site = situation.site
    gaps = [*_voice_gaps(situation), *_answer_gaps(situation), *_waiting(situation)]
    voice = site.voice.spokesperson
    ready = sum(len(one.questions) for one in site.wordings.values())
    return Seen(
        tuple(gaps),
        Words(
            f"新闻发言人{_spoken(situation, voice).zh}唯一出口，备好答问{ready}条。",
            f"{_spoken(situation, voice).en} alone speaks to the media; {ready} answers are ready.",
        ),
    )


def _spoken(situation: Situation, target: str) -> Words:
    people = situation.roster.resolve(target, situation.at).people if target else ()
    known = situation.site.people.get(people[0]) if people else None
    return named(known.name, known.id) if known else Words(target, target)


def _voice_gaps(situation: Situation) -> Iterator[Gap]:
    parsed = Target.parse(situation.site.voice.spokesperson)
    there = (
        parsed.id in situation.site.roles
        if parsed.kind == "role"
        else situation.roster.known(parsed.id)
    )
    if not there:
        yield Gap(
            Words("没有指定新闻发言人", "No spokesperson is named"),
            Words(
                f"在 {SETTINGS} 的 [notices] 写 spokesperson。",
                f"Name the spokesperson under [notices] in {SETTINGS}.",
            ),
            owner=post(situation, *VOICES),
        )


def _answer_gaps(situation: Situation) -> Iterator[Gap]:
    for one in situation.site.wordings.values():
        if not one.questions:
            yield Gap(
                Words(f"口径“{one.id}”没有备好答问", f"The wording “{one.id}” answers nothing"),
                Words(
                    f"在 templates/wording/{one.id}.yaml 补写 questions。",
                    f"Write the questions in templates/wording/{one.id}.yaml.",
                ),
                owner=post(situation, *VOICES),
            )


def _waiting(situation: Situation) -> Iterator[Gap]:
    for one in situation.inquiries:
        late = one.is_open and one.due_at is not None and one.due_at < situation.at
        if late and one.channel is not Channel.REGULATOR:
            yield Gap(
                Words(
                    f"{one.incident}的问询{one.id}逾期未答复",
                    f"The question {one.id} on {one.incident} waits for its answer",
                ),
                Words(
                    f'执行 responder inquiry answer {one.incident} {one.id} "…"。',
                    f'Run: responder inquiry answer {one.incident} {one.id} "…".',
                ),
                owner=one.owner or lead(situation),
            )
