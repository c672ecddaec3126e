"""Where a key is looked up: its variable, the file of its secret, then `responder.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from responder.errors import SettingError
from responder.settings.keys import BY_NAME, OF_THE_SITE, SECTIONS, variable
from responder.settings.surroundings import FILE, Environment


@dataclass(frozen=True, slots=True)
class Source:
    """Looks a key up: environment first, then its file, then `responder.toml`."""

    environ: Environment
    toml: Mapping[str, Any]
    folder: Path
    here: Path

    def text(self, key: str) -> str:
        """What is said of a key, else its default."""
        return self._outside(key) or self._inside(key) or BY_NAME[key].default

    def texts(self, kind: type, section: str) -> dict[str, str]:
        """What is said of each field of a kind."""
        return {one.name: self.text(f"{section}.{one.name}") for one in fields(kind)}

    def path(self, key: str) -> Path | None:
        """A path, meant from where it is written."""
        if outside := self._outside(key):
            return self.here / Path(outside).expanduser()
        inside = self._inside(key)
        return self.folder / Path(inside).expanduser() if inside else None

    def _outside(self, key: str) -> str:
        name = variable(key)
        if said := self.environ.get(name, "").strip():
            return said
        file = self.environ.get(f"{name}_FILE", "") if BY_NAME[key].is_secret else ""
        return secret_in(f"{name}_FILE", self.here / file) if file else ""

    def _inside(self, key: str) -> str:
        section, dot, rest = key.partition(".")
        value = self.toml.get(section, {}).get(rest, "") if dot else self.toml.get(key, "")
        if not isinstance(value, str):
            raise SettingError(
                key=key,
                why_zh=f"应为文字，{FILE}中写的是“{value}”",
                why_en=f"it is to be text, and {FILE} says {value!r}",
                mend_zh="请加上引号。",
                mend_en="Put it in quotes.",
            )
        return value.strip()


def secret_in(name: str, file: Path) -> str:
    """What the file says that a variable names. Raises SettingError."""
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise SettingError(
            key=name,
            why_zh=f"读不出文件“{file}”（{why}）",
            why_en=f"the file {file} cannot be read ({why})",
            mend_zh="请检查路径和权限。",
            mend_en="Check the path and its permissions.",
        ) from error


def toml(folder: Path) -> dict[str, Any]:
    """What `responder.toml` says to us; nothing where there is none. Raises SettingError."""
    import tomllib  # noqa: PLC0415 - asking for help needs no settings

    try:
        content = tomllib.loads((folder / FILE).read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:
        raise SettingError(
            key=str(folder / FILE),
            why_zh=f"文件读不懂（{error}）",
            why_en=f"the file cannot be read ({error})",
            mend_zh="请用 responder check 查看是哪一行。",
            mend_en="See which line with `responder check`.",
        ) from error
    _refuse_unknown(content)
    return content


def _refuse_unknown(content: Mapping[str, Any]) -> None:
    """A key nobody reads is a mistake: say which, and which was meant."""
    for name, value in content.items():
        inner = value if name in SECTIONS and isinstance(value, dict) else {}
        for key in [f"{name}.{one}" for one in inner] or [name]:
            if key in BY_NAME or name in OF_THE_SITE or (key in SECTIONS and not inner):
                continue
            near = get_close_matches(key, [*BY_NAME, *OF_THE_SITE], 1)
            raise SettingError(
                key=key,
                why_zh=f"{FILE}中没有这个键",
                why_en=f"{FILE} has no such key",
                mend_zh=f"您是否指：{near[0]}？" if near else "请删去，或核对拼写。",
                mend_en=f"Did you mean {near[0]}?" if near else "Remove it, or check its spelling.",
            )
