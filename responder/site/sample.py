"""The sample site: where it is, and a copy of it to begin with.

The checkout is itself the sample; the wheel carries the same files as `responder/sample/`.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from responder.errors import BadInput
from responder.site.folder import SETTINGS

SAMPLE_DATE = date(2026, 9, 28)
"""The Monday on which the sample's dated records make sense: verified lately, leave ahead."""
_PARTS = (SETTINGS, "contacts", "playbooks", "templates")
_DATED = re.compile(r"""(\b(?:from|to|starts|at|date|on|\w+_on):[ ]*["']?)(\d{4}-\d{2}-\d{2})""")
_WEEK = timedelta(weeks=1)


def sample_folder() -> Path:
    """The sample site's folder; it is to be read only."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "sample", package.parent):
        if (folder / SETTINGS).is_file():
            return folder
    raise BadInput(
        "安装包内没有示例站点。",
        "This installation has no sample site.",
        "请重新安装，或用 --site 指定站点文件夹。",
        "Install it again, or name a site with --site.",
    )


def write_sample(target: Path, today: date) -> None:
    """Copy the sample into a new or empty folder, its dated records moved to around `today`.

    They move by whole weeks and all alike, the starts of rotations too: weekdays stay, and
    whoever was on shift in the sample still is.
    """
    shift = (today - SAMPLE_DATE) // _WEEK * _WEEK
    source = sample_folder()
    try:
        target.mkdir(parents=True, exist_ok=True)
        if any(target.iterdir()):
            raise _not_empty(target)
        for file in _files(source):
            copy = target / file.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(_moved(file, shift))
    except OSError as error:
        raise _not_written(target, error) from error


def _files(source: Path) -> Iterator[Path]:
    for part in _PARTS:
        found = source / part
        for file in sorted(found.rglob("*")) if found.is_dir() else [found]:
            if file.is_file() and not file.name.startswith("."):
                yield file


def _moved(file: Path, shift: timedelta) -> bytes:
    """What a file says, with its dates moved if it is one that keeps records."""
    content = file.read_bytes()
    if file.suffix != ".yaml":
        return content

    def later(found: re.Match[str]) -> str:
        return f"{found[1]}{date.fromisoformat(found[2]) + shift}"

    return _DATED.sub(later, content.decode()).encode()


def _not_empty(target: Path) -> BadInput:
    return BadInput(
        f"文件夹“{target}”不是空的，没有写入。",
        f"The folder {target} is not empty; nothing was written.",
        "请指定新的或空的文件夹。",
        "Name a new or empty folder.",
    )


def _not_written(target: Path, error: OSError) -> BadInput:
    why = error.strerror or type(error).__name__
    return BadInput(
        f"写不进“{target}”：{why}。",
        f"{target} cannot be written: {why}.",
        "请检查路径和权限。",
        "Check the path and its permissions.",
    )
