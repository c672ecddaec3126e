"""7.1 m and s to v: agreements, documents, spares, supplies, funds, kept ready and checked.

Who owns what. That a category has an agreement at all is m.1; what an agreement says is m.2; that
it is checked, passed and still valid is m.3. Documents, spares, supplies and funds are each one
clause: s, t, u, v.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from responder.domain.keeping import keeper
from responder.domain.provision import (
    AGREEMENT,
    AGREEMENT_FIELDS,
    AGREEMENT_KINDS,
    DOCUMENT,
    DOCUMENT_KINDS,
    FUND,
    KIND_NAMES,
    PLACES_NEEDED,
    REGISTER_NAMES,
    SPARE,
    SUPPLY,
    SUPPLY_KINDS,
    Kept,
    ProvisionCheck,
    is_self_sufficient,
    kept,
    lacking,
)
from responder.domain.roster import Roster, Target
from responder.domain.words import Words
from responder.readiness.answering import post
from responder.readiness.control import Gap, Light, Seen, control
from responder.readiness.naming import listed, named, oldest, system
from responder.readiness.situation import Situation

FILE = "contacts/registers.yaml"
CHECK_SOON, EXPIRY_SOON = timedelta(days=7), timedelta(days=30)
FINANCE, GENERAL = "finance_lead", "general_lead"


def _kept(situation: Situation, register: str) -> list[Kept]:
    """What is of a register, as it stands."""
    by_id: dict[str, list[ProvisionCheck]] = {}
    for record in situation.provision_checks:
        by_id.setdefault(record.provision, []).append(record)
    site = situation.site
    mine = (one for one in site.provisions.values() if one.register == register)
    return [kept(one, by_id.get(one.id, ()), site.time_zone) for one in mine]


def _owner(situation: Situation, one: Kept) -> str:
    return keeper(situation.roster, one.provision.owner, situation.at) or post(situation, GENERAL)


def _gap(
    situation: Situation, one: Kept, what: Words, mend: Words, light: Light = Light.RED
) -> Gap:
    name = named(one.provision.name, one.provision.id)
    said = Words(f"{name.zh}{what.zh}", f"{name.en} {what.en}")
    return Gap(said, mend, light, _owner(situation, one))


def _run(command: str) -> Words:
    return Words(f"responder {command}", f"responder {command}")


def _write(zh: str, en: str) -> Words:
    return Words(f"在 {FILE} {zh}。", f"{en} in {FILE}.")


def _timely(situation: Situation, some: Iterable[Kept]) -> Iterator[Gap]:
    """Checks that are late, failed or due, and what is past its last day or will soon be."""
    today = situation.today
    for one in some:
        if is_self_sufficient(one.provision):
            continue
        id = one.provision.id
        check = _run(f"register {'stock' if one.provision.is_counted else 'check'} {id}")
        renew = _run(f"register check {id} --expires-on")
        if one.is_expired(today):
            said = Words(f"已于{one.expires_on}到期", f"ran out on {one.expires_on}")
            yield _gap(situation, one, said, renew)
        elif one.expires_on and one.expires_on - today <= EXPIRY_SOON:
            said = Words(f"将于{one.expires_on}到期", f"runs out on {one.expires_on}")
            yield _gap(situation, one, said, renew, Light.AMBER)
        if one.provision.check_every is None:
            said = Words("没有检查周期", "has no interval of checks")
            yield _gap(situation, one, said, _write("填写 check_every", "Give check_every"))
        elif one.failed:
            yield _gap(situation, one, Words("检查不合格", "failed its check"), check)
        elif one.checked_on is None:
            yield _gap(situation, one, Words("从未检查", "was never checked"), check)
        elif one.due_on and one.due_on < today:
            said = Words(
                f"检查逾期（应于{one.due_on}前）", f"is late for its check of {one.due_on}"
            )
            yield _gap(situation, one, said, check)
        elif one.due_on and one.due_on - today <= CHECK_SOON:
            said = Words(f"应于{one.due_on}前检查", f"is due a check by {one.due_on}")
            yield _gap(situation, one, said, check, Light.AMBER)


def _few(situation: Situation, some: Iterable[Kept]) -> Iterator[Gap]:
    for one in some:
        if one.is_low:
            least = one.provision.least
            said = Words(
                f"只有{one.quantity}，低于最低库存{least}",
                f"is down to {one.quantity}, below the least of {least}",
            )
            yield _gap(situation, one, said, _run(f"register stock {one.provision.id}"))


def _missing(kinds: Iterable[str], some: Iterable[Kept], register: str, owner: str) -> list[Gap]:
    """Kinds of a register of which there is nothing."""
    there = {kind for one in some for kind in one.provision.kinds}
    name = REGISTER_NAMES[register]
    return [
        Gap(
            Words(
                f"{KIND_NAMES[kind].zh}类没有{name.zh}",
                f"There is no {name.en} of {KIND_NAMES[kind].en}",
            ),
            _write(
                f"登记 register: {register}、kinds: [{kind}]",
                f"Enter one with register: {register} and kinds: [{kind}]",
            ),
            owner=owner,
        )
        for kind in kinds
        if kind not in there
    ]


@control(
    "7.1-m.1",
    "应急响应及服务保障协议覆盖六类",
    "Support agreements cover the six categories",
)
def agreements_are_there(situation: Situation) -> Seen:
    """Each category has an agreement, or the reason why own strength suffices."""
    some = _kept(situation, AGREEMENT)
    gaps = _missing(AGREEMENT_KINDS, some, AGREEMENT, post(situation, GENERAL))
    own = sum(is_self_sufficient(one.provision) for one in some)
    return Seen(
        tuple(gaps),
        Words(
            f"六类均有协议，共{len(some) - own}份，自有力量足够{own}类。",
            f"All six categories: {len(some) - own} agreements, {own} met by own strength.",
        ),
    )


@control("7.1-m.2", "协议载明四项必备内容", "An agreement says the four things it must")
def agreements_say_all(situation: Situation) -> Seen:
    """Both sides' contacts, the means, what is served and how far, how emergencies are handled."""
    some = _kept(situation, AGREEMENT)
    gaps = []
    for one in some:
        if missing := lacking(one.provision):
            names = listed(AGREEMENT_FIELDS[field] for field in missing)
            said = Words(f"没有写{names.zh}", f"does not say {names.en}")
            fields = f"{'、'.join(missing)}", f"{', '.join(missing)}"
            mend = _write(f"填写 {one.provision.id} 的 {fields[0]}", f"Fill in {fields[1]}")
            gaps.append(_gap(situation, one, said, mend))
    return Seen(
        tuple(gaps),
        Words(
            f"{len(some)}份协议四项齐全：双方联系人、联系方式、服务内容和范围、应急处理方式。",
            f"{len(some)} agreements say all four: contacts, means, service, emergencies.",
        ),
    )


@control("7.1-m.3", "定期检查评估协议执行情况", "Agreements are checked and valid")
def agreements_hold(situation: Situation) -> Seen:
    """Checked in time, passed, and not run out."""
    some = _kept(situation, AGREEMENT)
    return Seen(
        tuple(_timely(situation, some)),
        Words(
            f"{len(some)}份协议均在有效期内，检查均未逾期。",
            f"{len(some)} agreements are valid, and no check of them is late.",
        ),
        oldest(one.checked_on for one in some),
    )


@control(
    "7.1-s",
    "技术资料和软件备份",
    "Technical documents and software copies",
)
def documents_are_there(situation: Situation) -> Seen:
    """Six kinds for each core system, each at two sites with its version, checked in time."""
    some = _kept(situation, DOCUMENT)
    core = [one for one in situation.site.systems.values() if one.core]
    gaps = [*_undocumented(situation, some), *_timely(situation, some)]
    for one in some:
        if len(set(one.provision.places)) < PLACES_NEEDED:
            mend = _write("在 places 写明两处，异地", "Name two sites in places")
            gaps.append(_gap(situation, one, Words("没有两处存放", "lies at one site only"), mend))
        if not one.provision.version:
            mend = _write("填写 version", "Give version")
            gaps.append(_gap(situation, one, Words("没有版本", "has no version"), mend))
    return Seen(
        tuple(gaps),
        Words(
            f"{len(core)}个核心系统六类资料齐全，两处存放，检查均未逾期。",
            f"{len(core)} core systems have all six kinds at two sites; no check is late.",
        ),
        oldest(one.checked_on for one in some),
    )


def _undocumented(situation: Situation, some: Iterable[Kept]) -> Iterator[Gap]:
    there = {(s, k) for one in some for s in one.provision.systems for k in one.provision.kinds}
    for one in situation.site.systems.values():
        missing = [kind for kind in DOCUMENT_KINDS if one.core and (one.id, kind) not in there]
        if missing:
            name = system(situation.site, one.id)
            kinds = listed(KIND_NAMES[kind] for kind in missing)
            yield Gap(
                Words(f"{name.zh}没有{kinds.zh}", f"{name.en} has no {kinds.en}"),
                _write(
                    f"登记 register: document、systems: [{one.id}]",
                    f"Enter them with register: document and systems: [{one.id}]",
                ),
                owner=keeper(situation.roster, one.operator, situation.at),
            )


@control("7.1-t", "备品备件", "Spare parts")
def spares_are_there(situation: Situation) -> Seen:
    """Not fewer than there have to be, and tested in time."""
    some = _kept(situation, SPARE)
    nothing = [
        Gap(
            Words("没有登记备品备件", "No spare parts are on register"),
            _write("登记 register: spare", "Enter them with register: spare"),
            owner=post(situation, "it_lead"),
        )
    ]
    gaps = [*([] if some else nothing), *_few(situation, some), *_timely(situation, some)]
    return Seen(
        tuple(gaps),
        Words(
            f"{len(some)}种备件均不低于最低库存，试验均未逾期。",
            f"{len(some)} kinds of spares, none below its least, no test late.",
        ),
        oldest(one.checked_on for one in some),
    )


@control("7.1-u", "通信、消防、应急照明物资", "Telecom, fire and emergency-lighting supplies")
def supplies_are_there(situation: Situation) -> Seen:
    """All three kinds, counted in time, renewed before they run out."""
    some = _kept(situation, SUPPLY)
    gaps = [
        *_missing(SUPPLY_KINDS, some, SUPPLY, post(situation, GENERAL)),
        *_few(situation, some),
        *_timely(situation, some),
    ]
    return Seen(
        tuple(gaps),
        Words(
            f"{len(some)}种物资均在有效期内，盘点均未逾期。",
            f"{len(some)} kinds of supplies, none run out, no stock-take late.",
        ),
        oldest(one.checked_on for one in some),
    )


@control("7.1-v", "应急资金", "Emergency funds")
def funds_are_there(situation: Situation) -> Seen:
    """Money, a decision to draw on it by, and an approver who can be rung at night."""
    some = _kept(situation, FUND)
    gaps = [*_timely(situation, some)]
    if not some:
        gaps.append(
            Gap(
                Words("没有登记应急资金", "No emergency funds are on register"),
                _write("登记 register: fund", "Enter them with register: fund"),
                owner=post(situation, FINANCE),
            )
        )
    for one in some:
        gaps += _of_fund(situation, one)
    total = sum(one.balance for one in some)
    return Seen(
        tuple(gaps),
        Words(
            f"应急资金余额{total:,}元，批准人及备岗夜间均可电话呼叫。",
            f"CNY {total:,} at hand; the approver and the backup can be rung at night.",
        ),
        oldest(one.checked_on for one in some),
    )


def _of_fund(situation: Situation, one: Kept) -> Iterator[Gap]:
    about, site = one.provision, situation.site
    if one.balance <= 0:
        mend = _write("追加 amount", "Raise amount")
        yield _gap(situation, one, Words("余额不足", "is spent"), mend)
    if about.decision not in site.decisions:
        mend = _write("填写 decision", "Give decision")
        yield _gap(situation, one, Words("没有动用的决策事项", "has no decision"), mend)
    approvers = _approvers(situation.roster, about.approver, situation)
    if not approvers:
        mend = _write("填写 approver", "Give approver")
        yield _gap(situation, one, Words("没有批准人", "has nobody to approve it"), mend)
    elif not any("voice" in situation.roster.vias(person) for person in approvers):
        mend = Words(
            "在 contacts/people.yaml 为批准人登记电话。",
            "Give the approver a phone in contacts/people.yaml.",
        )
        yield _gap(situation, one, Words("批准人夜间无法呼叫", "cannot be rung at night"), mend)


def _approvers(roster: Roster, written: str, situation: Situation) -> list[str]:
    """Whoever may be asked: the person named, or a post's holder and backup."""
    target = Target.parse(written)
    role = roster.site.roles.get(target.id if target.kind == "role" else written)
    people = roster.posted(role, situation.at) if role else (target.id,)
    return [person for person in people if roster.known(person)]
