"""The rule packs that apply to a firm, as people read them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from responder.domain.regime import Duty, Regime, Source
from responder.domain.site import Site
from responder.domain.words import Words
from responder.regimes.due import in_force
from responder.regimes.said import clocks_said


def regimes_at(site: Site, day: date) -> list[dict[str, Any]]:
    """Each pack of the site: in force on a day or not, its reports, what awaits a check."""
    return [
        _head(regime)
        | {"in_force": in_force(site.regimes, regime.edition_of or regime.id, day) is regime}
        for regime in site.regimes.values()
    ]


def regime_facts(regime: Regime) -> dict[str, Any]:
    """All of a pack: its reports with their clocks, its forms with their fields."""
    return _head(regime) | {
        "note": _both(regime.note),
        "source": _source(regime.source),
        "reports": [_duty(regime, duty) for duty in regime.duties],
        "forms": [
            {
                "id": form.id,
                "title": _both(form.title),
                "fields": [
                    {"id": one.id, "name": _both(one.name), "hub": one.hub, "needed": one.needed}
                    for one in form.fields
                ],
                "source": _source(form.source),
            }
            for form in regime.forms.values()
        ],
        "grading": regime.grading,
    }


def doubtful_sources(regime: Regime) -> list[Source]:
    """The sources of a pack that a person has to hold against the text."""
    return [one for one in regime.sources if one.needs_verification]


def _head(regime: Regime) -> dict[str, Any]:
    return {
        "id": regime.id,
        "name": _both(regime.name),
        "jurisdiction": regime.jurisdiction,
        "time_zone": regime.time_zone,
        "effective_from": regime.effective_from.isoformat() if regime.effective_from else None,
        "effective_to": regime.effective_to.isoformat() if regime.effective_to else None,
        "edition_of": regime.edition_of or None,
        "duties": [duty.id for duty in regime.duties],
        "to_verify": [one.text for one in doubtful_sources(regime)],
    }


def _duty(regime: Regime, duty: Duty) -> dict[str, Any]:
    return {
        "id": duty.id,
        "name": _both(duty.name),
        "stage": duty.stage,
        "due": [_both(said) for said in clocks_said(regime, duty)],
        "only": [_both(said) for said in _conditions(duty)],
        "steps": list(duty.steps),
        "to": list(duty.to),
        "addressee": _both(duty.addressee),
        "form": duty.form,
        "note": _both(duty.note),
        "source": _source(duty.source),
    }


def _conditions(duty: Duty) -> Iterator[Words]:
    """For whom and when it is demanded, in the ids people write in the pack."""
    for names, zh, en in (
        (duty.institutions, "仅限", "only for"),
        (duty.not_for, "不适用于", "not for"),
        (duty.grades, "级别", "at grade"),
        (duty.when, "须为", "if"),
        (duty.unless, "除非", "unless"),
    ):
        if names:
            yield Words(f"{zh} {'、'.join(names)}", f"{en} {', '.join(names)}")


def _source(source: Source) -> dict[str, Any]:
    return {
        "text": source.text,
        "confidence": source.confidence,
        "verified_on": source.verified_on.isoformat() if source.verified_on else None,
        "needs_verification": source.needs_verification,
    }


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.said("zh"), "en": words.said("en")}
