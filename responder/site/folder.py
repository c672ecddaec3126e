"""The site's folder: which files there are, and what one says."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from responder.domain.words import Words
from responder.site.finding import Where, fault

MOST_BYTES = 2_000_000
CONTACTS = (
    "people",
    "roles",
    "rotations",
    "teams",
    "command",
    "units",
    "systems",
    "reach",
    "alerts",
    "briefings",
    "gateways",
    "registers",
    "events",
    "training",
    "drills",
    "reachability",
    "duty",
    "cards",
)
CONTACT_FILES = tuple(f"contacts/{name}.yaml" for name in CONTACTS)
PLAN = "playbooks/plan.yaml"
FAULTS = "playbooks/faults.yaml"
QUIZ = "playbooks/quiz.yaml"
BESIDES = (PLAN, FAULTS, QUIZ)
"""What stands among the playbooks and is none."""
SETTINGS = "responder.toml"

T = TypeVar("T")


class Folder:
    """A site's folder. Names are relative to it, with `/`, as findings show them.

    `instead` is what files are to say in place of what they hold.
    """

    def __init__(self, path: Path, instead: Mapping[str, bytes] | None = None) -> None:
        self.path = path
        self._instead = instead or {}

    def parsed(self, name: str, parse: Callable[[str, str], T]) -> T | None:
        """A file through its parser, None if there is no such file."""
        text = self._text(name)
        return None if text is None else parse(name, text)

    def playbooks(self) -> list[str]:
        """The playbooks' files; the plan, the faults and the quiz are none."""
        return [name for name in self.names("playbooks", ".yaml") if name not in BESIDES]

    def names(self, under: str, ending: str) -> list[str]:
        """The files right under a folder whose names end so, hidden ones left out."""
        found = (
            path.name
            for path in _listed(self.path / under)
            if path.name.endswith(ending) and not path.name.startswith(".")
        )
        return sorted(f"{under}/{name}" for name in found)

    def stems(self, under: str, ending: str) -> frozenset[str]:
        """The ids that files right under a folder stand for: their names without the ending.

        A name that begins with `_` is a part of others, and stands for none.
        """
        names = (name.removeprefix(f"{under}/") for name in self.names(under, ending))
        return frozenset(name.removesuffix(ending) for name in names if name[0] != "_")

    def strays(self) -> tuple[str, ...]:
        """Files that look as if they were meant to be read, and are not."""
        known = {*CONTACT_FILES, *self.playbooks(), *BESIDES}
        found = [
            *self.names("contacts", ".yaml"),
            *self.names("contacts", ".yml"),
            *self.names("playbooks", ".yml"),
            *self.names("playbooks/calendars", ".yml"),
            *self.names("playbooks/regimes", ".yml"),
        ]
        return tuple(name for name in found if name not in known)

    def _content(self, name: str) -> bytes:
        if name in self._instead:
            return self._instead[name]
        with (self.path / name).open("rb") as file:
            return file.read(MOST_BYTES + 1)

    def _text(self, name: str) -> str | None:
        where = Where(name)
        try:
            content = self._content(name)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or type(error).__name__
            what = Words(f"文件读不出来（{why}）", f"The file cannot be read: {why}")
            mend = Words("请检查文件及其权限。", "Check the file and its permissions.")
            raise fault(where, what, mend) from error
        if len(content) > MOST_BYTES:
            what = Words("文件超过 2 MB", "The file is larger than 2 MB")
            mend = Words("请确认没有放错文件。", "Check that it is the right file.")
            raise fault(where, what, mend)
        return _decoded(where, content)


def _decoded(where: Where, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = Words("不是 UTF-8 编码的文字", "This is not text in UTF-8")
        mend = Words("请以 UTF-8 编码另存。", "Save the file in UTF-8.")
        raise fault(Where(where.file, line), what, mend) from error


def _listed(path: Path) -> Iterator[Path]:
    try:
        yield from path.iterdir()
    except OSError:
        return
