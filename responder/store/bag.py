"""Writing a bundle: into a folder, or a zip file whose bytes depend on the bundle alone."""

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, cast

from responder.errors import BadInput, VaultUnusable
from responder.evidence.bundle import Bundle
from responder.ports.vault import Vault

CHUNK = 1 << 20
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The one time every file in the archive bears: zip knows none before."""


@contextmanager
def drafted(bundle: Bundle, vault: Vault, out: Path) -> Iterator[None]:
    """A bundle written beside its place, and put there when all that is left to do is done.

    `out` is a new or empty folder, or a new file that ends in `.zip`. Raises BadInput, or
    VaultUnusable for evidence that is gone or no longer what was taken in.
    """
    out = out.resolve()
    if out.is_file() or (out.is_dir() and any(out.iterdir())):
        raise _taken(out)
    draft = out.with_name(f".{out.name}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _discard(draft)
        if out.suffix == ".zip":
            _archive(bundle, vault, draft)
        else:
            _folder(bundle, vault, draft)
        yield
        draft.replace(out)
    except OSError as error:
        raise _not_written(out, error) from error
    finally:
        _discard(draft)


def _folder(bundle: Bundle, vault: Vault, draft: Path) -> None:
    draft.mkdir(mode=0o700)
    for name in sorted(bundle.texts | bundle.files):
        place = draft / name
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as file:
            _write(bundle, vault, name, file)


def _archive(bundle: Bundle, vault: Vault, draft: Path) -> None:
    """Stored, not compressed: evidence is read as fast as it lies, and bombs have no place."""
    with zipfile.ZipFile(draft, "x") as archive:
        for name in sorted(bundle.texts | bundle.files):
            info = zipfile.ZipInfo(f"{bundle.incident}/{name}", LONG_AGO)
            info.create_system, info.external_attr = 3, 0o644 << 16
            with archive.open(info, "w", force_zip64=name in bundle.files) as file:
                _write(bundle, vault, name, cast("BinaryIO", file))


def _write(bundle: Bundle, vault: Vault, name: str, file: BinaryIO) -> None:
    if name in bundle.texts:
        file.write(bundle.texts[name])
        return
    wanted, found = bundle.files[name], sha256()
    with vault.open(wanted) as kept:
        while piece := kept.read(CHUNK):
            found.update(piece)
            file.write(piece)
    if found.hexdigest() != wanted:
        raise VaultUnusable(
            where=wanted, why_zh="内容已与收存时不同", why_en="it is no longer what was taken in"
        )


def _discard(draft: Path) -> None:
    if draft.is_dir():
        shutil.rmtree(draft)
    else:
        draft.unlink(missing_ok=True)


def _taken(out: Path) -> BadInput:
    return BadInput(
        f"{out}已有内容。",
        f"{out} holds something already.",
        "请换一个新的文件夹，或新的 .zip 文件名。",
        "Name a new folder, or a new .zip file.",
    )


def _not_written(out: Path, error: OSError) -> BadInput:
    why = error.strerror or str(error)
    return BadInput(
        f"存证包无法写入{out}：{why}。",
        f"The bundle cannot be written to {out}: {why}.",
        "请检查路径、权限与磁盘空间。",
        "Check the path, its permissions and the space on the disk.",
    )
