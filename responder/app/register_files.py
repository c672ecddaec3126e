"""The register put back into the site's files, changed in place."""

from typing import TYPE_CHECKING

from responder.app.house import App
from responder.app.site_folder import files_of, said_of_site
from responder.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

    from responder.domain.record import By
    from responder.settings import Settings


def export_register(house: App, by: "By") -> tuple[str, ...]:
    """Write what the database changed into the site's files; returns which were rewritten.

    Raises Refused where the files changed since, or the actor may not; no file is touched then.
    """
    from responder.commands.manual.register_files import RecordExport, to_export
    from responder.errors import NotAllowed
    from responder.site.exporting import exported, put_in_place

    folder = _own_folder(house.settings)
    files = files_of(folder)
    try:
        version, site = house.read(lambda uow, now: to_export(uow, files, by, now))
    except NotAllowed as refusal:
        house.refused(by, "", RecordExport.__name__, refusal.said("en"))
        raise
    rewritten = exported(folder, site, said_of_site())
    put_in_place(folder, rewritten)
    house.execute(RecordExport(by=by, version=version, site=files_of(folder)))
    return tuple(rewritten)


def _own_folder(settings: "Settings") -> "Path":
    if settings.is_sample:
        raise BadInput(
            "当前是随附的示例站点，只读，不能导出。",
            "This is the sample site in place, which is read-only.",
            "请先用 responder init 建立自己的站点。",
            "Make a site of your own with `responder init`.",
        )
    return settings.site
