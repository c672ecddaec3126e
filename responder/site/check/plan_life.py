"""What the plan must cover, what it rests on, its quiz, and the year's training (7.1 R, ab, ac)."""

from collections.abc import Iterator

from responder.domain.fault_grid import Cell, fault_grid
from responder.domain.plan_quiz import QUESTIONS
from responder.domain.register import PLAN_SECTIONS
from responder.domain.training import SUBJECT_NAMES, SUBJECTS, TRAINED_WITHIN
from responder.domain.words import Words
from responder.site.check.view import View, named
from responder.site.finding import Finding, did_you_mean

_LACKS = {
    "scheme": Words("没有处置方案", "has no playbook"),
    "handling": Words("的方案没有处置流程", "has a playbook without a handling flow"),
    "reporting": Words("的方案没有报告流程", "has a playbook without a reporting flow"),
}
SUPPORTS = {"agreement": Words("支持协议", "agreements"), "spare": Words("备品备件", "spares")}


def faults_are_met(view: View) -> Iterator[Finding]:
    """Every fault that may occur at a system has a scheme that handles and reports it."""
    if not view.site.faults:
        return
    for cell in fault_grid(view.site):
        for lack in cell.lacks:
            yield _hole(view, cell, lack)


def _hole(view: View, cell: Cell, lack: str) -> Finding:
    system = view.site.systems[cell.system]
    at = named(system.name, system.id)
    what = _LACKS[lack]
    if not cell.fault:
        return view.error(
            ("systems", cell.system),
            "7.1-R.a",
            Words(f"{at.zh}没有登记任何可能的故障", f"No fault is known of {at.en}"),
            Words(
                "请在 playbooks/faults.yaml 登记。", "Put its faults into playbooks/faults.yaml."
            ),
        )
    fault = named(view.site.faults[cell.fault].name, cell.fault)
    return view.error(
        ("faults", cell.fault),
        "7.1-R.a",
        Words(f"{at.zh}的{fault.zh}{what.zh}", f"{fault.en} at {at.en} {what.en}"),
        Words(
            "请补写处置方案，列明 systems、tasks 和 report_path。",
            "Write a playbook with systems, tasks and a report_path.",
        ),
    )


def playbooks_meet_known_faults(view: View) -> Iterator[Finding]:
    """A playbook's fault is one of the faults that may occur."""
    for playbook in view.site.playbooks.values():
        if view.site.faults and playbook.fault and playbook.fault not in view.site.faults:
            yield view.warning(
                ("playbooks", playbook.id, "fault"),
                "7.1-R.a",
                Words(f"故障“{playbook.fault}”没有登记", f"There is no fault “{playbook.fault}”"),
                did_you_mean(
                    playbook.fault,
                    view.site.faults,
                    Words("请登记于 playbooks/faults.yaml。", "Add it to playbooks/faults.yaml."),
                ),
            )


def plan_rests_on_what_is_kept(view: View) -> Iterator[Finding]:
    """Section d speaks of agreements and spares that are on register."""
    registers = {one.register for one in view.site.provisions.values()}
    if view.site.plan is None or not view.site.provisions:
        return
    for register, name in SUPPORTS.items():
        if register not in registers:
            yield view.warning(
                ("plan", "sections", "d"),
                "7.1-P.d",
                Words(f"应急预案d项没有登记{name.zh}", f"Section d has no {name.en} on register"),
                Words("请在登记册中补充。", "Add them to the register."),
            )


def scope_names_every_core_system(view: View) -> Iterator[Finding]:
    """Where section b names its systems, no core system is left out."""
    section = ((view.site.plan.sections if view.site.plan else None) or {}).get("b")
    if section is None or not section.systems:
        return
    for system in view.site.systems.values():
        if system.core and system.id not in section.systems:
            at = named(system.name, system.id)
            yield view.warning(
                ("plan", "sections", "b", "systems"),
                "7.1-P.b",
                Words(f"适用范围没有列入{at.zh}", f"The scope leaves out {at.en}"),
                Words(
                    "请列入 b 项的 systems，并写入正文。", "List it under section b’s “systems”."
                ),
            )


def questions_can_be_answered(view: View) -> Iterator[Finding]:
    """A question has choices, one of them the answer, and a section that says so."""
    for one in view.site.quiz:
        if not 1 <= one.answer <= len(one.choices) or len(one.choices) < 2:
            yield view.error(
                ("questions", one.id, "answer"),
                "7.1-l",
                Words(f"测验题“{one.id}”没有正确选项", f"The question “{one.id}” has no answer"),
                Words("请核对 choices 和 answer。", "Check “choices” and “answer”."),
            )
        if one.section not in PLAN_SECTIONS or one.subject not in SUBJECTS:
            yield view.warning(
                ("questions", one.id),
                "7.1-l",
                Words(
                    f"测验题“{one.id}”的 section 或 subject 无所指",
                    f"The question “{one.id}” names no section or subject",
                ),
                Words("section 为 a 至 j，subject 为 plan 或 rules。", "a to j; plan or rules."),
            )
    if 0 < len(view.site.quiz) < QUESTIONS:
        yield view.warning(
            ("questions",),
            "7.1-l",
            Words(f"测验题不足{QUESTIONS}道", f"There are fewer than {QUESTIONS} questions"),
            Words("请补充 playbooks/quiz.yaml。", "Add to playbooks/quiz.yaml."),
        )


def training_covers_its_subjects(view: View) -> Iterator[Finding]:
    """The year's courses cover the plan and the rules."""
    if not view.site.courses:
        return
    covered = {
        subject
        for course in view.site.courses.values()
        if (day := course.held_on or course.on) and abs(view.today - day) <= TRAINED_WITHIN
        for subject in course.subjects
    }
    for subject in SUBJECTS:
        if subject not in covered:
            name = SUBJECT_NAMES[subject]
            yield view.warning(
                ("courses",),
                "7.1-ac",
                Words(f"年度培训没有{name.zh}", f"The year’s training lacks {name.en}"),
                Words(f"请安排含 {subject} 的课程。", f"Plan a course with the subject {subject}."),
            )
