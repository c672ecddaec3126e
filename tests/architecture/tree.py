"""The tree as these tests see it: the files of the project, not what a run leaves beside them."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "responder"


def project_files() -> list[Path]:
    """Every file git tracks or would track; without git (an unpacked archive), none."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return [path for name in listing.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def pages() -> list[Path]:
    """The pages people read: those at the top, and all of docs/."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
