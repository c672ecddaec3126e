"""The site's folder: found, read, checked, and written from the sample."""

from pathlib import Path
from typing import TYPE_CHECKING

from responder import settings as settings_room
from responder.app.clock import days_of, system_clock
from responder.settings import Settings

if TYPE_CHECKING:
    from responder.domain.regime import Regime
    from responder.domain.site import Site
    from responder.site.finding import Finding
    from responder.site.override import Override


def folder_of(site: str = "") -> tuple[Path, bool]:
    """The site's folder, and whether it is the sample in place."""
    from responder.site.sample import sample_folder

    return settings_room.site_folder(site, settings_room.environment(), Path.cwd(), sample_folder)


def settings_of(site: str = "") -> Settings:
    """The settings of the site named, of the one we stand in, or of the sample."""
    folder, is_sample = folder_of(site)
    return settings_room.read(folder, is_sample, settings_room.environment(), Path.cwd())


def write_sample(target: Path) -> None:
    """Write the sample site to a folder, its dates around today."""
    from responder.site.sample import write_sample as write

    write(target, system_clock().now().astimezone().date())


def files_of(folder: Path) -> "Site":
    """The site as its files say. Raises SiteDoesNotLoad."""
    from responder.site.loader import load

    return load(folder, said_of_site()).site


def examined(folder: Path) -> "tuple[list[Finding], list[Finding]]":
    """What `check` says about a folder, its files and what its templates come to; and its notes."""
    from responder.documents.template_faults import faults_of
    from responder.site.check import examined as examined_files
    from responder.site.finding import about_template, in_order

    findings, notes = examined_files(folder, system_clock().now(), said_of_site(), days_of)
    of_templates = [
        about_template(f"templates/{one.file}", one.line, one.is_grave, one.what, one.mend)
        for one in faults_of(folder / "templates")
    ]
    return in_order([*findings, *of_templates]), notes


def calendar_text(id: str) -> str:
    """The file of one of the release's calendars. Raises UnknownId."""
    from responder.site.calendars import shipped_text

    return shipped_text(id)


def shipped_regimes() -> "dict[str, Regime]":
    """All rule packs of the release, by id."""
    from responder.site.packs import shipped_packs, shipped_regime

    found = {id: shipped_regime(id) for id in sorted(shipped_packs())}
    return {id: regime for id, regime in found.items() if regime}


def regime_text(id: str) -> str:
    """The file of one of the release's rule packs. Raises UnknownId."""
    from responder.site.packs import shipped_pack_text

    return shipped_pack_text(id)


def said_of_site() -> "list[Override]":
    """What the environment says of the site, in place of what stands in `responder.toml`."""
    from responder.site.override import Override

    said = settings_room.said_of_site(settings_room.environment())
    return [Override(variable, path, text) for variable, path, text in said]
