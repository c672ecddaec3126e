"""The files themselves: what could not stand as written, and what nobody reads."""

from collections.abc import Iterator

from responder.domain.words import Words
from responder.site.check.view import View
from responder.site.finding import THE_FILES, Finding, did_you_mean
from responder.site.folder import CONTACT_FILES, SETTINGS


def values_stand_as_written(view: View) -> Iterator[Finding]:
    """What loading had to replace is said here."""
    yield from view.loaded.remarks


def files_are_read(view: View) -> Iterator[Finding]:
    """A file that looks like one of the site's is one."""
    for name in view.loaded.strays:
        yield Finding(
            name,
            1,
            "warning",
            THE_FILES,
            Words("此文件不会被读取", "Nobody reads this file"),
            did_you_mean(
                name,
                CONTACT_FILES,
                Words("请改为 .yaml 或移走。", "End its name in .yaml, or move it."),
            ),
        )
    if not view.loaded.has_settings:
        yield Finding(
            SETTINGS,
            1,
            "warning",
            THE_FILES,
            Words("没有站点设置文件", "There is no file of settings"),
            Words(
                "请核对站点文件夹，或补写此文件。", "Check the site’s folder, or write the file."
            ),
        )
