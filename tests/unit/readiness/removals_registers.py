"""Agreements, documents, spares, supplies, funds: what is taken away (7.1 m, s to v)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from responder.domain.provision import Provision, ProvisionCheck
from responder.domain.words import Words
from responder.readiness.situation import Situation
from tests.unit.readiness.removal import Removal, with_site

FILE = "contacts/registers.yaml"
LONG_AGO = date(2026, 1, 5)
Change = Callable[[Situation], Situation]


def without(wanted: Callable[[Provision], bool]) -> Change:
    def change(situation: Situation) -> Situation:
        left = {id: one for id, one in situation.site.provisions.items() if not wanted(one)}
        return with_site(situation, provisions=left)

    return change


def altered(id: str, **fields: Any) -> Change:
    def change(situation: Situation) -> Situation:
        provisions = dict(situation.site.provisions)
        provisions[id] = replace(provisions[id], **fields)
        return with_site(situation, provisions=provisions)

    return change


def recorded(id: str, what: str, **fields: Any) -> Change:
    """Something on record since, an hour ago."""

    def change(situation: Situation) -> Situation:
        at = situation.at - timedelta(hours=1)
        record = ProvisionCheck("CHK-1", id, what, at, "cui.hao", **fields)
        return replace(situation, provision_checks=(record,))

    return change


def of(register: str, kind: str = "") -> Callable[[Provision], bool]:
    return lambda one: one.register == register and (not kind or kind in one.kinds)


TELECOM = of("agreement", "telecom")
ROWS = [
    *(
        Removal(f"the {kind} agreements", "7.1-m.1", without(of("agreement", kind)), kind)
        for kind in ("telecom", "fire", "power", "air_conditioning", "security")
    ),
    Removal("all agreements on hardware", "7.1-m.1", without(of("agreement", "hardware_software")),
            FILE),
    *(
        Removal(
            f"{name} of an agreement",
            "7.1-m.2",
            altered(
                "agr-power",
                fields={
                    other: Words("写明", "said")
                    for other in ("contacts", "means", "service", "emergency")
                    if other != name
                },
            ),
            name,
        )
        for name in ("contacts", "means", "service", "emergency")
    ),
    Removal("an agreement's check", "7.1-m.3", altered("agr-power", checked_on=LONG_AGO),
            "register check agr-power"),
    Removal("an agreement's term", "7.1-m.3", altered("agr-fire", expires_on=LONG_AGO),
            "register check agr-fire --expires-on"),
    Removal("an agreement's interval", "7.1-m.3", altered("agr-air", check_every=None), FILE),
    Removal("a hotline that answers", "7.1-m.3",
            recorded("agr-software", "test_call", passed=False, amount=1),
            "register check agr-software"),
    Removal("a system's manuals", "7.1-s", without(lambda one: one.id == "doc-wan-lines"),
            "systems: [wan-lines]"),
    Removal("the second site", "7.1-s", altered("doc-channels", places=(Words("A", "A"),)), FILE),
    Removal("a version", "7.1-s", altered("copy-systems", version=""), "version"),
    Removal("the documents' check", "7.1-s", altered("doc-settlement", checked_on=LONG_AGO),
            "register check doc-settlement"),
    Removal("all spares", "7.1-t", without(of("spare")), FILE),
    Removal("spares below the least", "7.1-t", altered("spare-ups", quantity=1),
            "register stock spare-ups"),
    Removal("a spare drawn", "7.1-t", recorded("spare-ups", "draw", amount=2),
            "register stock spare-ups"),
    Removal("a spare's test", "7.1-t", altered("spare-disks", checked_on=LONG_AGO),
            "register stock spare-disks"),
    *(
        Removal(f"the {kind} supplies", "7.1-u", without(of("supply", kind)), kind)
        for kind in ("telecom", "fire", "emergency_lighting")
    ),
    Removal("a stock-take", "7.1-u", altered("sup-torches", checked_on=LONG_AGO),
            "register stock sup-torches"),
    Removal("what is still good", "7.1-u", altered("sup-masks", expires_on=LONG_AGO),
            "register check sup-masks --expires-on"),
    Removal("the fund", "7.1-v", without(of("fund")), FILE),
    Removal("the fund's approver", "7.1-v", altered("fund-emergency", approver=""), "approver"),
    Removal("a known approver", "7.1-v", altered("fund-emergency", approver="role:nobody"),
            "approver"),
    Removal("an approver's phone", "7.1-v", altered("fund-emergency", approver="no.voice"),
            "approver"),
    Removal("the fund's decision", "7.1-v", altered("fund-emergency", decision="pay"), "decision"),
    Removal("the money", "7.1-v",
            recorded("fund-emergency", "spend", amount=2_000_000), "amount"),
]  # fmt: skip
