"""Rule packs: they are there, their clocks can run, and somebody has looked at their values."""

from collections.abc import Collection, Iterator

from responder.domain.regime import Duty, Milestone, Regime
from responder.domain.words import Words
from responder.regimes.hub import BY_ID
from responder.site.check.view import View, named
from responder.site.finding import Finding, did_you_mean
from responder.site.packs import PACKS, shipped_packs
from responder.site.places import Path

CLAUSE = "7.2-8a"
GRADING = "7.1-P.f"

Fault = tuple[Path, Words, Words]
"""Where in a pack, what is wrong, and the mend."""


def regimes_exist(view: View) -> Iterator[Finding]:
    """A pack that applies is there, under the very name."""
    site = view.site
    named_at: list[tuple[Path, str]] = [(("regimes", id), id) for id in site.applies]
    for playbook in site.playbooks.values():
        named_at += [(("playbooks", playbook.id, "regimes", id), id) for id in playbook.regimes]
    for path, id in named_at:
        if id not in site.regimes:
            what = Words(f"没有报告规则“{id}”", f"There is no rule pack “{id}”")
            otherwise = Words(
                f"请写入 {PACKS}/{id}.yaml，或见 responder regime list。",
                f"Write {PACKS}/{id}.yaml, or see responder regime list.",
            )
            mend = did_you_mean(id, sorted({*shipped_packs(), *site.regimes}), otherwise)
            yield view.error(path, CLAUSE, what, mend)


def regimes_were_verified(view: View) -> Iterator[Finding]:
    """Values that nobody has held against the text itself are said to be so: a line a pack."""
    for regime in view.site.regimes.values():
        doubtful = [one for one in regime.sources if one.needs_verification]
        if doubtful:
            name = named(regime.name, regime.id)
            what = Words(
                f"报告规则{name.zh}有{len(doubtful)}处来源待核对",
                f"{len(doubtful)} sources of the rule pack {name.en} await a check",
            )
            mend = Words(
                f"请对照正式文本核对，见 responder regime show {regime.id}。",
                f"Check them against the text: responder regime show {regime.id}.",
            )
            yield view.warning(_at(view, regime), CLAUSE, what, mend)


def gradings_stand_on_facts(view: View) -> Iterator[Finding]:
    """Stand-in values propose no grades."""
    for regime in view.site.regimes.values():
        if regime.grading and any(one.source.needs_verification for one in regime.gradings):
            name = named(regime.name, regime.id)
            yield view.error(
                ("packs", regime.id, "grading"),
                GRADING,
                Words(
                    f"报告规则{name.zh}按待核对的数值拟定级别",
                    f"The rule pack {name.en} proposes grades by values that await a check",
                ),
                Words(
                    "请先核对分级数值，或改为 grading: false。",
                    "Check the values of the gradings first, or set grading: false.",
                ),
            )


def clocks_can_run(view: View) -> Iterator[Finding]:
    """What a clock counts from is there, no clock waits for itself, and what recurs has an end."""
    for regime in view.site.regimes.values():
        for path, what, mend in (*_dangling(regime), *_endless(regime), *_circles(regime)):
            yield view.error(("packs", regime.id, *path), CLAUSE, what, mend)


def forms_can_be_filled(view: View) -> Iterator[Finding]:
    """Each report has its form, and each field of a form a hub field."""
    for regime in view.site.regimes.values():
        for path, what, mend in (*_formless(regime), *_unfilled(regime)):
            yield view.error(("packs", regime.id, *path), CLAUSE, what, mend)


def _at(view: View, regime: Regime) -> Path:
    """Where the firm took up a pack; for an edition, the pack that it is one of."""
    for id in (regime.id, regime.edition_of):
        if id in view.site.applies:
            return ("regimes", id)
    for playbook in view.site.playbooks.values():
        if regime.id in playbook.regimes:
            return ("playbooks", playbook.id, "regimes", regime.id)
    return ("packs", regime.id)


# Clocks


def _dangling(regime: Regime) -> Iterator[Fault]:
    """Names of milestones, reports and grades that are none."""
    reports, milestones = [duty.id for duty in regime.duties], [*Milestone]
    for duty in regime.duties:
        at: Path = ("duties", duty.id)
        if duty.id in milestones:
            what = Words(
                f"“{duty.id}”已是起止事件的名称", f"“{duty.id}” is the name of a milestone already"
            )
            yield at, what, Words("请换一个编号。", "Give it another id.")
        for number, limit in enumerate(duty.limits):
            place = (*at, "limits", number)
            yield from _unknown((*place, "after"), (limit.after,), [*milestones, *reports])
            yield from _unknown((*place, "also"), limit.also, [*milestones, *reports])
            yield from _unknown((*place, "unless_after"), (limit.unless_after,), milestones)
            yield from _unknown((*place, "unless"), (limit.unless,), reports)
        for key, names in (
            ("covered_by", duty.covered_by),
            ("updates", (duty.updates,)),
            ("opens", (duty.opens,)),
            ("if_late", (duty.if_late,)),
            ("instead_of", (duty.instead_of,)),
        ):
            yield from _unknown((*at, key), names, reports)
        yield from _unknown((*at, "ends_with"), (duty.ends_with,), milestones)
        yield from _unknown((*at, "spared_by"), (duty.spared_by,), milestones)
        yield from _unknown((*at, "grades"), duty.grades, regime.grades)
        yield from _unknown((*at, "when"), duty.when, BY_ID)
        yield from _unknown((*at, "unless"), duty.unless, BY_ID)


def _unknown(path: Path, names: Collection[str], known: Collection[str]) -> Iterator[Fault]:
    for name in names:
        if name and name not in known:
            what = Words(f"“{name}”在此无所指", f"“{name}” is nothing here")
            mend = Words(f"可用：{'、'.join(known)}。", f"It is one of {', '.join(known)}.")
            yield path, what, did_you_mean(name, known, mend)


def _endless(regime: Regime) -> Iterator[Fault]:
    """Reports that come again without an end, without a pause, or that never begin."""
    excuses = {duty.if_late for duty in regime.duties}
    for duty in regime.duties:
        at: Path = ("duties", duty.id)
        if duty.recurs and not duty.ends_with:
            yield (
                at,
                Words(f"“{duty.id}”反复报告而没有终点", f"“{duty.id}” comes again without an end"),
                Words("请写明 ends_with。", "Say which milestone it ends_with."),
            )
        if duty.every and not duty.every.amount:
            yield (
                (*at, "every"),
                Words(f"“{duty.id}”的间隔为零", f"“{duty.id}” comes again without a pause"),
                Words("请写明间隔。", "Write the interval."),
            )
        if not duty.limits and duty.id not in excuses:
            yield (
                at,
                Words(f"“{duty.id}”没有时限", f"“{duty.id}” has no limit"),
                Words("请写明 limits。", "Write its limits."),
            )


def _circles(regime: Regime) -> Iterator[Fault]:
    """Reports each of whose clocks waits, by some way round, for the report itself."""
    ids = {duty.id for duty in regime.duties}
    waits = {
        duty.id: {
            name for limit in duty.limits for name in (limit.after, *limit.also) if name in ids
        }
        for duty in regime.duties
    }
    for duty in regime.duties:
        if way := _way_back(duty.id, waits):
            what = Words(
                f"时限互相等待：{' → '.join(way)}", f"Clocks wait for each other: {' → '.join(way)}"
            )
            mend = Words("请让其中一个从起始事件起算。", "Let one of them count from a milestone.")
            yield ("duties", duty.id, "limits"), what, mend


def _way_back(id: str, waits: dict[str, set[str]]) -> tuple[str, ...]:
    """The way from a report round to itself, empty if there is none."""
    ways: list[tuple[str, ...]] = [(id,)]
    seen = {id}
    while ways:
        way = ways.pop(0)
        for name in sorted(waits.get(way[-1], ())):
            if name == id:
                return (*way, id)
            if name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return ()


# Forms


def _formless(regime: Regime) -> Iterator[Fault]:
    for duty in regime.duties:
        at: Path = ("duties", duty.id)
        if not duty.form:
            what = Words(f"“{duty.id}”没有表单", f"“{duty.id}” has no form")
            yield at, what, Words("请写明 form。", "Name its form.")
            continue
        yield from _unknown((*at, "form"), (duty.form,), regime.forms)
        if duty.form in regime.forms:
            yield from _unknown((*at, "first"), duty.first, _fields(regime, duty))


def _fields(regime: Regime, duty: Duty) -> list[str]:
    return [one.id for one in regime.forms[duty.form].fields]


def _unfilled(regime: Regime) -> Iterator[Fault]:
    for form in regime.forms.values():
        for one in form.fields:
            at: Path = ("forms", form.id, "fields", one.id)
            yield from _unknown((*at, "hub"), (one.hub, *one.also), BY_ID)
            yield from _unknown((*at, "part"), (one.part,), form.parts)
    for number, rule in enumerate(regime.gradings):
        yield from _unknown(("gradings", number, "grade"), (rule.grade,), regime.grades)
        criteria = [*rule.all, *rule.some]
        hubs = [one.hub for top in criteria for one in (top, *top.any)]
        yield from _unknown(("gradings", number), hubs, BY_ID)
