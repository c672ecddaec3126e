"""Whom the playbooks page, and how hard they try (7.1, fourth paragraph; 7.2)."""

from collections.abc import Iterator

from responder.domain.organisation import SUCCESSION
from responder.domain.people import RINGING
from responder.domain.playbook import LEVELS, Playbook
from responder.domain.roster import DEFAULT_COMMAND
from responder.domain.words import Words
from responder.site.check.view import View, targets_of, titled
from responder.site.finding import Finding


def _paged_now(view: View, playbook: Playbook) -> dict[str, None]:
    """Everybody the steps page if the playbook is declared now and nobody answers."""
    paged: dict[str, None] = {}
    for target in targets_of(playbook):
        paged.update(dict.fromkeys(view.roster.resolve(target, view.now).people))
        if target == SUCCESSION:
            paged.update(dict.fromkeys(view.roster.command_body))
    return paged


def playbooks_page_somebody(view: View) -> Iterator[Finding]:
    """A playbook has an escalation, and it means somebody."""
    for playbook in view.site.playbooks.values():
        if _paged_now(view, playbook):
            continue
        name = titled(playbook)
        yield view.error(
            ("playbooks", playbook.id, "escalation"),
            "7.2-2",
            Words(f"{name.zh}不呼叫任何人", f"{name.en} pages nobody"),
            Words("请在 escalation 写明各步呼叫谁。", "Say under “escalation” whom to page."),
        )


def steps_page_somebody(view: View) -> Iterator[Finding]:
    """A step without targets only lets time pass."""
    for playbook in view.site.playbooks.values():
        for number, step in enumerate(playbook.escalation):
            if not step.page:
                name = titled(playbook)
                yield view.error(
                    ("playbooks", playbook.id, "escalation", number),
                    "7.2-2",
                    Words(
                        f"{name.zh}第{number + 1}步没有呼叫对象",
                        f"{name.en} pages nobody in step {number + 1}",
                    ),
                    Words("请填写 page，或删去这一步。", "Add “page”, or remove the step."),
                )


def somebody_paged_may_command(view: View) -> Iterator[Finding]:
    """Among those whom a playbook pages is somebody who may command."""
    for playbook in view.site.playbooks.values():
        paged = _paged_now(view, playbook)
        command = playbook.command or DEFAULT_COMMAND
        if not paged or any(view.roster.may_command(p, command, view.now) for p in paged):
            continue
        name = titled(playbook)
        yield view.error(
            ("playbooks", playbook.id, "command"),
            "7.1-4",
            Words(
                f"{name.zh}呼叫的人中无人可任现场指挥",
                f"{name.en} pages nobody who may command",
            ),
            Words(
                "请让 command 与 escalation 有共同的人。",
                "Let “command” and “escalation” have somebody in common.",
            ),
        )


def need_can_be_met(view: View) -> Iterator[Finding]:
    """A playbook wants no more people than it pages."""
    for playbook in view.site.playbooks.values():
        paged = len(_paged_now(view, playbook))
        if playbook.need <= paged or not paged:
            continue
        name = titled(playbook)
        yield view.error(
            ("playbooks", playbook.id, "need"),
            "7.2-2",
            Words(
                f"{name.zh}要{playbook.need}人接手，只呼叫{paged}人",
                f"{name.en} needs {playbook.need} people and pages {paged}",
            ),
            Words("请减少 need，或增加呼叫对象。", "Lower “need”, or page more people."),
        )


def levels_are_one_to_four(view: View) -> Iterator[Finding]:
    """A response level is one of Ⅰ to Ⅳ."""
    for playbook in view.site.playbooks.values():
        if playbook.level not in LEVELS:
            name = titled(playbook)
            yield view.error(
                ("playbooks", playbook.id, "level"),
                "7.1-P.f",
                Words(
                    f"{name.zh}的响应级别为{playbook.level}",
                    f"{name.en} has the level {playbook.level}",
                ),
                Words("级别为 1 至 4，1 为最高。", "Levels are 1 to 4, 1 the highest."),
            )


def profiles_are_named(view: View) -> Iterator[Finding]:
    """A playbook says how hard to try; without that every way starts at once, and only once."""
    for playbook in view.site.playbooks.values():
        if not playbook.profile_at(playbook.level):
            name = titled(playbook)
            yield view.warning(
                ("playbooks", playbook.id, "profile"),
                "7.2-2",
                Words(f"{name.zh}没有写明呼叫方案", f"{name.en} names no profile"),
                Words("请填写 profile。", "Add “profile”."),
            )


def profiles_ring(view: View) -> Iterator[Finding]:
    """A profile rings a phone sooner or later."""
    for id, profile in view.site.profiles.items():
        if not any(via in RINGING for entry in profile for via in entry.via):
            yield view.warning(
                ("profiles", id),
                "7.1-n",
                Words(f"呼叫方案“{id}”始终不打电话", f"The profile “{id}” never rings a phone"),
                Words("请加一条 via: [voice]。", "Add an entry with via: [voice]."),
            )
