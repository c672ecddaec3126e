"""7.2, seventh and eighth paragraph: records kept, reports made until normal, complete, in time.

Who owns what. 7.2-7 owns how long records are kept; 7.2-8a that rules to report by are in force
and every report that is owed has an owner; 7.2-8b that each has a form and the firm a name to
report under; 7.2-8c whatever is overdue by law but for summaries (7.3-2a) and supplements
(7.3-2c), and that compliance is there to see what is postponed.
"""

from collections.abc import Iterator

from responder.domain.obligation import Kind, Obligation
from responder.domain.regime import Duty, Regime
from responder.domain.retention import LEAST_YEARS
from responder.domain.words import Words
from responder.readiness.answering import COMPLIANCE, IT_LEAD, granted, post
from responder.readiness.control import Gap, Light, Seen, control
from responder.readiness.naming import named
from responder.readiness.situation import Situation

SETTINGS = "responder.toml"


def duty_of(situation: Situation, one: Obligation) -> Duty | None:
    """The rule that an obligation follows from, where the site still holds it."""
    regime, _, duty = one.duty.partition("/")
    known = situation.site.regimes.get(regime)
    return known.duty(duty) if known else None


def is_supplement(situation: Situation, one: Obligation) -> bool:
    """Whether it is what follows a preliminary report."""
    regime, _, duty = one.duty.partition("/")
    known = situation.site.regimes.get(regime)
    return known is not None and any(duty and other.opens == duty for other in known.duties)


def is_summary(situation: Situation, one: Obligation) -> bool:
    """Whether it is the summary that ends the reporting."""
    duty = duty_of(situation, one)
    return one.kind is Kind.SUMMARY or (duty is not None and duty.stage == "final")


def overdue(situation: Situation) -> list[Obligation]:
    """What is due by law, open, and past its limit."""
    return [
        one
        for one in situation.obligations
        if one.is_binding and one.due_at and one.due_at < situation.at
    ]


def late_gap(situation: Situation, one: Obligation) -> Gap:
    """An obligation that is late: submit it, whoever it belongs to."""
    return Gap(
        Words(
            f"{one.incident}的“{one.title.said('zh')}”逾期未报",
            f"“{one.title.said('en')}” on {one.incident} is overdue",
        ),
        Words(
            f"执行 responder report draft {one.incident}，签发后报送并登记。",
            f"responder report draft {one.incident}; sign, submit, record it.",
        ),
        owner=one.owner or granted(situation, COMPLIANCE),
    )


@control("7.2-7", "做好处置记录并保留证据", "Records and evidence are kept")
def kept(situation: Situation) -> Seen:
    """Records are kept two years at least, in a ledger that nobody can alter."""
    years = situation.site.retention_years
    gaps = []
    if years < LEAST_YEARS:
        gaps.append(
            Gap(
                Words(f"记录只保存{years}年", f"Records are kept {years} years only"),
                Words(
                    f"将 {SETTINGS} 的 retention_years 改为{LEAST_YEARS}以上。",
                    f"Make retention_years in {SETTINGS} {LEAST_YEARS} or more.",
                ),
                owner=post(situation, IT_LEAD),
            )
        )
    return Seen(
        tuple(gaps),
        Words(
            f"处置记录逐条入链、不可更改，保存{years}年。",
            f"Every act is chained into a ledger nobody can alter, and kept {years} years.",
        ),
    )


@control("7.2-8a", "按规定报告并持续报告", "Events are reported until normal")
def reported(situation: Situation) -> Seen:
    """Rule packs are in force, and whatever is owed has an owner from its start."""
    site = situation.site
    owner = granted(situation, COMPLIANCE)
    rules = Words(
        f"在 {SETTINGS} 的 regimes 列出适用的规则，见 responder regime list。",
        f"List the rules that apply in regimes, {SETTINGS}; see responder regime list.",
    )
    gaps = []
    if not site.applies:
        what = Words("没有列出适用的报告规则", "No rule to report by is said to apply")
        gaps.append(Gap(what, rules, owner=owner))
    for id in site.applies:
        if id not in site.regimes:
            what = Words(f"没有报告规则“{id}”", f"There is no rule pack “{id}”")
            gaps.append(Gap(what, rules, owner=owner))
    gaps += _unowned(situation, owner)
    duties = sum(len(one.duties) for one in _applied(situation))
    return Seen(
        tuple(gaps),
        Words(
            f"适用报告规则{len(site.applies)}部、报告{duties}种，到期逐一提醒直至恢复。",
            f"{len(site.applies)} rule packs with {duties} reports, each watched until normal.",
        ),
    )


def _unowned(situation: Situation, owner: str) -> Iterator[Gap]:
    for one in situation.obligations:
        if one.is_binding and not one.owner and not one.asked:
            yield Gap(
                Words(
                    f"{one.incident}的“{one.title.said('zh')}”无人负责",
                    f"Nobody sees to “{one.title.said('en')}” on {one.incident}",
                ),
                Words(
                    f"执行 responder report due {one.incident}，指定负责人。",
                    f"responder report due {one.incident}; let somebody take it.",
                ),
                Light.AMBER,
                owner,
            )


def _applied(situation: Situation) -> list[Regime]:
    known = situation.site.regimes
    return [known[id] for id in situation.site.applies if id in known]


@control("7.2-8b", "报告要素完备、及时、准确", "Reports are complete, timely, accurate")
def complete(situation: Situation) -> Seen:
    """Each report has its form, and the firm a name to report under."""
    owner = granted(situation, COMPLIANCE)
    regimes = _applied(situation)
    gaps = [gap for one in regimes for gap in _form_gaps(one, owner)]
    if situation.site.firm.name == Words():
        gaps.append(
            Gap(
                Words("没有填写报告单位名称", "The firm that reports has no name"),
                Words(
                    f"在 {SETTINGS} 的 [firm] 填写 name。", f"Fill in [firm] name in {SETTINGS}."
                ),
                owner=owner,
            )
        )
    forms = sum(len(one.forms) for one in regimes)
    return Seen(
        tuple(gaps),
        Words(
            f"报告表{forms}种，要素逐项核对，缺项或与记录矛盾的不能报出。",
            f"{forms} forms; what is missing or contradicts the record is not let out.",
        ),
    )


def _form_gaps(one: Regime, owner: str) -> Iterator[Gap]:
    name = named(one.name, one.id)
    for duty in one.duties:
        form = one.forms.get(duty.form)
        if duty.form and (form is None or not form.fields):
            said = duty.name.said("zh") or duty.id, duty.name.said("en") or duty.id
            yield Gap(
                Words(f"{name.zh}的“{said[0]}”没有报告表", f"“{said[1]}” of {name.en} has no form"),
                Words(
                    f"在 playbooks/regimes/{one.id}.yaml 的 forms 补上 {duty.form}。",
                    f"Add {duty.form} to forms in playbooks/regimes/{one.id}.yaml.",
                ),
                owner=owner,
            )


@control("7.2-8c", "不得迟报、漏报、谎报、瞒报", "Nothing late, missing, false or concealed")
def honest(situation: Situation) -> Seen:
    """Nothing due by law is overdue, and compliance sees what is postponed or lowered."""
    gaps = [
        late_gap(situation, one)
        for one in overdue(situation)
        if not is_summary(situation, one) and not is_supplement(situation, one)
    ]
    seers = [p for p in situation.site.grants.get(COMPLIANCE, ()) if situation.roster.known(p)]
    if not seers:
        gaps.append(
            Gap(
                Words("没有合规人员查看延报和降级", "Nobody of compliance sees what is postponed"),
                Words(
                    "在 contacts/roles.yaml 的 grants.compliance 列出合规人员。",
                    "List them in grants.compliance of contacts/roles.yaml.",
                ),
                owner=post(situation, IT_LEAD),
            )
        )
    owed = sum(one.is_binding for one in situation.obligations)
    return Seen(
        tuple(gaps),
        Words(
            f"应报事项{owed}件，无一逾期；延报和降级由{len(seers)}名合规人员查看。",
            f"Reports owed: {owed}, none late; {len(seers)} of compliance see what is postponed.",
        ),
    )
