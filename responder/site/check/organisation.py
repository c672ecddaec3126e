"""The command and executing bodies, the succession, the liaisons, the decisions (7.1)."""

from collections.abc import Iterator

from responder.domain.organisation import BODY_DUTIES, IT_LEAD, SUCCESSION, Decision, Liaison
from responder.domain.people import DEPARTMENT_NAMES, DEPARTMENTS
from responder.domain.roster import Target
from responder.domain.words import Words
from responder.site.check.view import View, listed, named
from responder.site.finding import Finding

LEAST_SUCCESSION = 2
GOOD_SUCCESSION = 5


def command_body_is_headed(view: View) -> Iterator[Finding]:
    """The principal leader heads the command and decision body."""
    if not view.site.command.body.head:
        yield view.error(
            ("command_body", "head"),
            "7.1-2",
            Words("应急指挥决策机构没有总指挥", "The command body has no head"),
            Words("请在 head 填写主要领导。", "Name the principal leader under “head”."),
        )


def head_is_the_principal_leader(view: View) -> Iterator[Finding]:
    """It is said that whoever heads the command body leads the firm."""
    body = view.site.command.body
    if body.head and not body.principal:
        yield view.warning(
            ("command_body", "head"),
            "7.1-2",
            Words(
                "没有写明总指挥是主要领导", "The head is not said to be the firm’s principal leader"
            ),
            Words(
                "由主要领导任总指挥的，请写 principal: true。",
                "Where it is so, write “principal: true”.",
            ),
        )


def bodies_have_their_duties(view: View) -> Iterator[Finding]:
    """Between them the two bodies cover the four areas."""
    command, executing = view.site.command.body, view.site.execution_body
    for duty, name in BODY_DUTIES.items():
        if duty not in command.duties and duty not in executing.duties:
            yield view.warning(
                ("execution_body", "duties"),
                "7.1-1",
                Words(f"没有写明由谁承担{name.zh}", f"It is not said who sees to {name.en}"),
                Words(f"请在 duties.{duty} 写明。", f"Say so under “duties.{duty}”."),
            )


def departments_have_their_heads(view: View) -> Iterator[Finding]:
    """The heads of the eight departments sit in the command body."""
    people = view.site.people
    body = view.roster.command_body
    present = {people[person].head_of for person in body if person in people}
    for department in DEPARTMENTS:
        if department in present:
            continue
        name = DEPARTMENT_NAMES[department]
        heads = [p for p in people.values() if p.head_of == department]
        who = listed(named(head.name, head.id) for head in heads)
        yield view.error(
            ("command_body", "members"),
            "7.1-2",
            Words(
                f"应急指挥决策机构缺少{name.zh}部门负责人",
                f"The command body lacks the head of {name.en}",
            ),
            Words(f"请将{who.zh}列入 members。", f"Add {who.en} to “members”.")
            if heads
            else Words(
                f"请在其负责人的资料中写 head_of: {department}，并列入 members。",
                f"Give its head “head_of: {department}” and add them to “members”.",
            ),
        )


def executing_body_stands(view: View) -> Iterator[Finding]:
    """There is an executing body, under somebody's lead."""
    if not view.site.execution_body.members:
        yield view.error(
            ("execution_body",),
            "7.1-1",
            Words("执行机构没有成员", "The executing body has no members"),
            Words("请在 execution_body 填写成员。", "List its members under “execution_body”."),
        )
    elif not view.site.execution_body.head:
        yield view.error(
            ("execution_body",),
            "7.1-1",
            Words("执行机构没有负责人", "The executing body has no lead"),
            Words("请在 lead 填写负责人。", "Name its lead under “lead”."),
        )


def succession_is_long_enough(view: View) -> Iterator[Finding]:
    """Somebody decides in any circumstances: the order goes on beyond the first."""
    order = tuple(dict.fromkeys(view.site.command.succession))
    path = ("command_body", "succession")
    what = Words(
        f"决策递补顺序只有{len(order)}人", f"The order of succession names {len(order)} people"
    )
    mend = Words(
        f"请按先后列出至少{GOOD_SUCCESSION}人。",
        f"Name {GOOD_SUCCESSION} people or more, in order.",
    )
    if len(order) < LEAST_SUCCESSION:
        yield view.error(path, "7.1-3b", what, mend)
    elif len(order) < GOOD_SUCCESSION:
        yield view.warning(path, "7.1-3b", what, mend)


def succession_names_each_once(view: View) -> Iterator[Finding]:
    """Nobody succeeds to themselves."""
    order = view.site.command.succession
    for number, person in enumerate(order):
        if person in order[:number]:
            who = view.person(person)
            yield view.error(
                ("command_body", "succession", number),
                "7.1-3b",
                Words(
                    f"{who.zh}在决策递补顺序中出现两次",
                    f"{who.en} stands twice in the order of succession",
                ),
                Words("请只保留一处。", "Keep one of the two."),
            )


def liaisons_suffice(view: View) -> Iterator[Finding]:
    """The liaison officers are at least the head of IT and the backup."""
    appointed = {liaison.person for liaison in view.site.liaisons if liaison.person}
    if len(appointed) < 2:
        yield view.error(
            ("liaisons",),
            "7.1-p.1",
            Words(
                f"通报联络人只有{len(appointed)}人",
                f"There are too few liaison officers: {len(appointed)}",
            ),
            Words("至少指定信息技术负责人及其备岗。", "Appoint the head of IT and the backup."),
        )
    role = view.site.roles.get(IT_LEAD)
    wanted = dict.fromkeys(view.holders(role)) if role else {}
    for person in wanted:
        if person not in appointed and person in view.site.people:
            who = view.person(person)
            yield view.error(
                ("liaisons",),
                "7.1-p.1",
                Words(
                    f"通报联络人中没有{who.zh}，其为信息技术负责人或备岗",
                    f"{who.en}, head of IT or the backup, is no liaison officer",
                ),
                Words("请将其列入 liaisons。", "Add them to “liaisons”."),
            )


def liaisons_differ(view: View) -> Iterator[Finding]:
    """Two liaison officers are two people."""
    seen: set[str] = set()
    for number, liaison in enumerate(view.site.liaisons):
        if liaison.person in seen:
            who = view.person(liaison.person)
            yield view.error(
                ("liaisons", number),
                "7.1-p.1",
                Words(f"通报联络人{who.zh}重复", f"{who.en} is listed twice as liaison officer"),
                Words("请指定另一人。", "Appoint somebody else."),
            )
        seen.add(liaison.person)


def liaisons_have_phone_and_fax(view: View) -> Iterator[Finding]:
    """Each liaison officer has an emergency duty phone and a fax."""
    for number, liaison in enumerate(view.site.liaisons):
        for key, name in _missing_means(liaison):
            who = view.person(liaison.person)
            yield view.error(
                ("liaisons", number),
                "7.1-p.2",
                Words(f"通报联络人{who.zh}缺少{name.zh}", f"{who.en} has no {name.en}"),
                Words(f"请在 {key} 填写号码。", f"Give the number under “{key}”."),
            )


def _missing_means(liaison: Liaison) -> Iterator[tuple[str, Words]]:
    if not liaison.duty_phone:
        yield "duty_phone", Words("应急值守电话", "emergency duty phone")
    if not liaison.fax:
        yield "fax", Words("传真", "fax")


def decisions_have_deciders(view: View) -> Iterator[Finding]:
    """A decision is the succession's, or that of roles; never of both, or of others."""
    for decision in view.site.decisions.values():
        by_roles = {Target.parse(who).kind for who in decision.who} == {"role"}
        if by_roles or decision.by_succession:
            continue
        if all(_resolves(view, who) for who in decision.who):
            id = decision.id
            yield view.error(
                ("decisions", id, "who"),
                "7.1-3a",
                Words(
                    f"决策事项“{id}”的决策人既非递补顺序，也非岗位",
                    f"The decision “{id}” is neither the succession’s nor that of roles",
                ),
                Words("请写 succession，或 [role:岗位编号]。", "Write succession, or [role:ID]."),
            )


def decisions_can_be_carried(view: View) -> Iterator[Finding]:
    """A decision needs no more approvals than there are people to give one."""
    for decision in view.site.decisions.values():
        id, need = decision.id, decision.need
        many = len(_asked(view, decision))
        if need > many:
            yield view.error(
                ("decisions", id, "need"),
                "7.1-3a",
                Words(
                    f"决策事项“{id}”要{need}人同意，可答复的只有{many}人",
                    f"The decision “{id}” needs {need} approvals and only {many} can be given",
                ),
                Words("请减少 need，或增列决策人。", "Lower “need” or add deciders."),
            )


def _asked(view: View, decision: Decision) -> set[str]:
    """Who may approve: the people of the succession, or one holder for each role."""
    if decision.by_succession:
        return {*view.site.command.succession, *view.roster.command_body}
    return set(decision.who)


def _resolves(view: View, target: str) -> bool:
    """Whether a target names something; what dangles is told by another rule."""
    return target == SUCCESSION or any(view.candidates(target))


def decisions_say_what_they_ask(view: View) -> Iterator[Finding]:
    """Whoever is asked learns the question, and what follows if nobody answers."""
    for decision in view.site.decisions.values():
        for key, words, what in (
            ("question", decision.question, Words("没有写明问题", "does not say what it asks")),
            (
                "unanswered",
                decision.unanswered,
                Words("没有写明逾期未答复的后果", "does not say what follows if unanswered"),
            ),
        ):
            if not words.said("zh"):
                yield view.warning(
                    ("decisions", decision.id),
                    "7.1-3a",
                    Words(
                        f"决策事项“{decision.id}”{what.zh}",
                        f"The decision “{decision.id}” {what.en}",
                    ),
                    Words(f"请补上 {key}。", f"Add “{key}”."),
                )


def somebody_is_alarmed(view: View) -> Iterator[Finding]:
    """Alarms of the system itself go to its administrators."""
    if not view.site.grants.get("administrator"):
        yield view.warning(
            ("grants",),
            "7.1-n",
            Words("没有系统管理授权人，系统告警无人接收", "Nobody is granted “administrator”"),
            Words(
                "请在 grants 的 administrator 下列出人员。",
                "List under it who receives the system’s own alarms.",
            ),
        )
