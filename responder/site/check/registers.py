"""What is kept ready says what its register demands; how events are ranked can be worked with."""

from collections.abc import Iterator

from responder.domain.logged_event import matrix_is_whole
from responder.domain.problem import SOURCES
from responder.domain.provision import (
    AGREEMENT,
    AGREEMENT_FIELDS,
    DOCUMENT,
    FUND,
    KINDS,
    PLACES_NEEDED,
    REGISTERS,
    SPARE,
    SUPPLY,
    Provision,
    is_self_sufficient,
    lacking,
    tells_a_secret,
)
from responder.domain.words import Words
from responder.site.check.view import View, named
from responder.site.finding import Finding, did_you_mean

CLAUSES = {
    AGREEMENT: "7.1-m.1",
    DOCUMENT: "7.1-s",
    SPARE: "7.1-t",
    SUPPLY: "7.1-u",
    FUND: "7.1-v",
}


def _clause(one: Provision) -> str:
    return CLAUSES.get(one.register, CLAUSES[AGREEMENT])


def registers_are_known(view: View) -> Iterator[Finding]:
    """Everything kept ready is of a register there is, and of its kinds."""
    for one in view.site.provisions.values():
        if one.register not in REGISTERS:
            known = Words(f"可用：{'、'.join(REGISTERS)}。", f"Use {', '.join(REGISTERS)}.")
            yield view.error(
                ("provisions", one.id, "register"),
                _clause(one),
                Words(f"没有“{one.register}”这种登记", f"There is no register “{one.register}”"),
                did_you_mean(one.register, REGISTERS, known),
            )
        for kind in one.kinds:
            kinds = KINDS.get(one.register, ())
            if kind not in kinds:
                known = Words(f"可用：{'、'.join(kinds)}。", f"Use {', '.join(kinds)}.")
                yield view.error(
                    ("provisions", one.id, "kinds", kind),
                    _clause(one),
                    Words(f"没有“{kind}”这一类", f"There is no kind “{kind}” in this register"),
                    did_you_mean(kind, kinds, known),
                )


def provisions_are_kept(view: View) -> Iterator[Finding]:
    """Somebody keeps each, and it is checked every so often."""
    for one in view.site.provisions.values():
        name = named(one.name, one.id)
        if not one.owner:
            yield view.warning(
                ("provisions", one.id),
                _clause(one),
                Words(f"{name.zh}没有保管人", f"Nobody keeps {name.en}"),
                Words("请填写 owner。", "Add “owner”."),
            )
        if one.check_every is None and not is_self_sufficient(one):
            yield view.warning(
                ("provisions", one.id),
                _clause(one),
                Words(f"{name.zh}没有检查周期", f"{name.en} is never checked"),
                Words("请填写 check_every，如 90d。", "Add “check_every”, such as 90d."),
            )


def agreements_say_all(view: View) -> Iterator[Finding]:
    """An agreement has the four things that it must contain."""
    for one in view.site.provisions.values():
        for field in lacking(one):
            name, what = named(one.name, one.id), AGREEMENT_FIELDS[field]
            yield view.warning(
                ("provisions", one.id),
                "7.1-m.2",
                Words(f"协议{name.zh}没有写{what.zh}", f"{name.en} does not say {what.en}"),
                Words(f"请填写 {field}。", f"Add “{field}”."),
            )


def documents_lie_at_two_sites(view: View) -> Iterator[Finding]:
    """Documents and software copies are kept at two places."""
    for one in view.site.provisions.values():
        if one.register == DOCUMENT and len(set(one.places)) < PLACES_NEEDED:
            name = named(one.name, one.id)
            yield view.warning(
                ("provisions", one.id),
                "7.1-s",
                Words(f"{name.zh}没有两处存放", f"{name.en} does not lie at two sites"),
                Words("请在 places 写明两处，异地。", "Name two sites in “places”."),
            )


def provisions_hold_no_secrets(view: View) -> Iterator[Finding]:
    """What everybody may be shown names no link and no password."""
    for one in view.site.provisions.values():
        said = [one.evidence, one.version, *(t for p in one.places for t in (p.zh, p.en))]
        if any(tells_a_secret(text) for text in said):
            name = named(one.name, one.id)
            yield view.error(
                ("provisions", one.id),
                _clause(one),
                Words(f"{name.zh}中写了链接或口令", f"{name.en} holds a link or a password"),
                Words(
                    "请只写存放处，链接和口令另行保管。",
                    "Say where it lies, and no more than that.",
                ),
            )


def event_matrix_is_whole(view: View) -> Iterator[Finding]:
    """Every impact and scope has a priority from 1 to 4, and the graver never the lesser one."""
    if not matrix_is_whole(view.site.event_rules.matrix):
        yield view.error(
            ("event_rules", "matrix"),
            "5.8-3",
            Words("优先级矩阵不完整或次序颠倒", "The matrix of priorities is not in order"),
            Words(
                "请写成三行三列，每行、每列的优先级（1 至 4）由高到低。",
                "Write three rows of three priorities 1 to 4, never falling along a row or column.",
            ),
        )


def problem_sources_are_known(view: View) -> Iterator[Finding]:
    """Problems are gathered from the seven sources, and no other is named."""
    for source in view.site.event_rules.gathered:
        if source not in SOURCES:
            known = Words(f"可用：{'、'.join(SOURCES)}。", f"Use {', '.join(SOURCES)}.")
            yield view.error(
                ("event_rules", "gathered", source),
                "5.8-9",
                Words(f"没有“{source}”这个问题来源", f"There is no source “{source}” of problems"),
                did_you_mean(source, SOURCES, known),
            )
