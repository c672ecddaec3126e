"""Evidence: the vault of a house, its bundles, and what nobody names."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from responder.app.house import App, signer_of

if TYPE_CHECKING:
    from responder.domain.record import By, Entry
    from responder.evidence.bundle import Bundle, Slice
    from responder.inbound.inspection_page import Proof
    from responder.ports.time_stamp import TimeStamps
    from responder.ports.vault import Vault
    from responder.settings import Settings


def vault_of(settings: "Settings") -> "Vault":
    """Where files of evidence are kept."""
    from responder.store.vault import FolderVault

    return FolderVault(settings.files_dir, settings.evidence_largest)


def sweep(house: App) -> list[str]:
    """Remove files that were kept long ago and never named; returns their hashes."""
    from responder.commands.planning.filing import proofs
    from responder.commands.records.evidence import hashes

    named = house.read(lambda uow, _now: hashes(uow) | proofs(uow))
    return vault_of(house.settings).sweep(named, house.clock.now())


def authority_of(settings: "Settings") -> "TimeStamps | None":
    """The time-stamping authority that the site names, or None."""
    from responder.channels.time_stamp import Authority

    return Authority(settings.tsa_url) if settings.tsa_url else None


def export_bundle(
    house: App, incident: str, out: Path, by: "By", stamps: "TimeStamps | None" = None
) -> "Bundle":
    """Write an evidence bundle, which is in its place once the record says that it was made.

    Raises NotStamped where a time stamp is wanted and there is none; nothing is written then.
    """
    from responder.commands.records.evidence import ExportEvidence, may_export
    from responder.errors import NotAllowed
    from responder.evidence.bundle import time_stamped
    from responder.evidence.verify import ENVELOPE
    from responder.store.bag import drafted

    try:
        house.read(lambda uow, now: may_export(uow, incident, by, now))
    except NotAllowed as refusal:
        house.refused(by, incident, ExportEvidence.__name__, refusal.said("en"))
        raise
    bundle = _bundle(house, incident, by)
    if stamps is not None:
        bundle = time_stamped(bundle, stamps.stamp(bundle.texts[ENVELOPE]))
    with drafted(bundle, vault_of(house.settings), out):
        house.execute(ExportEvidence(by=by, incident=incident, sha256=bundle.digest))
    return bundle


def _bundle(house: App, incident: str, by: "By") -> "Bundle":
    from responder.commands.queries import find_incident
    from responder.documents.bundle import readme, timeline
    from responder.evidence import verify
    from responder.evidence.bundle import Stamp, bundle
    from responder.store.proofs import make_key_known, slice_of

    signer = signer_of(house.settings)
    make_key_known(house.store, signer, by, house.clock.now())
    entries = slice_of(house.store, incident)
    version = house.read(lambda uow, _now: find_incident(uow, incident)).site_version
    site = house.read(lambda uow, _now: uow.sites.get(version))
    stamp = Stamp(incident, site.firm.name.said("zh"), signer.public_key, signer.sign)
    told = list(_told(entries, incident))
    papers = {f"timeline.{lang}.txt": timeline(told, site, lang).encode() for lang in ("zh", "en")}
    papers |= _left_the_house(house, incident)
    verifier = Path(verify.__file__).read_bytes()
    return bundle(entries, stamp, verifier, papers, readme(incident, site))


def _left_the_house(house: App, incident: str) -> dict[str, bytes]:
    """Reports, notices and agreed lines by their name; reports also as people read them."""
    from responder.app.papers import papers_of
    from responder.commands.records.bundled import bundled

    found, press = house.read(lambda uow, now: bundled(uow, incident, now)), papers_of()
    made = {
        name: press.make("regulator-report", sheet, sheet.language).pdf
        for name, sheet in found.sheets.items()
    }
    return found.files | made


def _told(entries: "Slice", incident: str) -> "Iterator[Entry]":
    """The incident's own entries, as documents read them."""
    from responder.domain.record import Entry
    from responder.evidence.instants import instant

    for row, payload in entries:
        if row.subject == incident:
            said = json.loads(payload.payload) if payload else None
            at = instant(row.at)
            yield Entry(row.seq, at, row.kind, row.actor, row.door, row.subject, said, row.hash)


def proof_of(house: App, incident: str) -> "Proof":
    """An incident's part of the ledger, every hash computed anew."""
    from responder.domain.words import Words
    from responder.evidence.audit import audit_slice
    from responder.inbound.inspection_page import Proof
    from responder.store.proofs import slice_of

    entries = slice_of(house.store, incident)
    own = [(row, payload) for row, payload in entries if row.subject == incident]
    fault = audit_slice(own)
    broken = Words(fault.said("zh"), fault.said("en")) if fault else None
    removed = sum(payload is None for _, payload in own)
    return Proof(len(own), removed, own[-1][0].hash if own else "", broken)
