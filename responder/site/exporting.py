"""The register of the database put into the site's files: only what changed is rewritten."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from responder.domain.site import Site
from responder.domain.site_changes import changes
from responder.errors import BadInput, Refused
from responder.site.in_place import rewritten
from responder.site.loader import load
from responder.site.override import Override
from responder.site.written import written

BOM = b"\xef\xbb\xbf"
ROUNDS = 3
"""A zone that changed moves what is written in local time: that is found by reading again."""


def exported(
    folder: Path, site: Site, overrides: Iterable[Override] = ()
) -> dict[str, tuple[bytes, bytes]]:
    """Each file that has to change: what it holds, what it is to hold. Nothing is written.

    Read again, the files then say exactly what `site` says; where they cannot, Refused is raised.
    """
    said = tuple(overrides)
    held: dict[str, bytes] = {}
    now: dict[str, bytes] = {}
    for _ in range(ROUNDS):
        found = load(folder, said, now).site
        if not changes(found, site):
            return {name: (held[name], now[name]) for name in now if held[name] != now[name]}
        before, after = written(found), written(site)
        for name in after:
            if before[name] != after[name]:
                held.setdefault(name, _content(folder / name))
                old = now.get(name, held[name])
                now[name] = _rewritten(old, before[name], after[name])
    raise _not_writable(load(folder, said, now).site, site)


def put_in_place(folder: Path, files: Mapping[str, tuple[bytes, bytes]]) -> None:
    """Write files, each beside its place and then renamed into it.

    Raises Refused, with nothing replaced, where one no longer holds what it held.
    """
    drafts: dict[Path, Path] = {}
    try:
        for name, (held, content) in files.items():
            file = folder / name
            if _content(file) != held:
                raise _changed_meanwhile(name)
            draft = file.with_name(f".{file.name}.new")
            drafts[draft] = file
            _written(draft, content, file)
        for draft, file in drafts.items():
            draft.replace(file)
    except OSError as error:
        raise _not_written(folder, error) from error
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)


def _written(draft: Path, content: bytes, like: Path) -> None:
    draft.parent.mkdir(parents=True, exist_ok=True)
    with draft.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    if like.exists():
        draft.chmod(like.stat().st_mode & 0o777)


def _content(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def _rewritten(content: bytes, before: dict[str, object], after: dict[str, object]) -> bytes:
    lead = BOM if content.startswith(BOM) else b""
    text = content.removeprefix(BOM).decode()
    return lead + rewritten(text, before, after).encode()


def _not_writable(found: Site, wanted: Site) -> Refused:
    left = [".".join(p for p in one.place if p) for one in changes(found, wanted)]
    return BadInput(
        f"这些改动无法就地写入文件：{'、'.join(left[:5])}。",
        f"These changes cannot be written into the files in place: {', '.join(left[:5])}.",
        "请在文件中手工修改，再用 contacts apply 采用。",
        "Change the files by hand, then take them with `contacts apply`.",
    )


def _changed_meanwhile(name: str) -> Refused:
    return BadInput(
        f"{name} 刚刚被改动，没有写入任何文件。",
        f"{name} has changed just now; no file was written.",
        "请用 contacts diff 查看后重试。",
        "Look with `contacts diff`, then try again.",
    )


def _not_written(folder: Path, error: OSError) -> Refused:
    why = error.strerror or type(error).__name__
    return BadInput(
        f"写不进“{folder}”：{why}。",
        f"{folder} cannot be written: {why}.",
        "请检查路径和权限。",
        "Check the path and its permissions.",
    )
