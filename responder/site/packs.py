"""Which rule packs there are: those of the release, and the firm's own, replacing them by name.

A pack's id is the name of its file. A newer edition is a file of its own, whose name begins with
the id: `uk-fca-2027.yaml` is an edition of `uk-fca`.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from responder.domain.playbook import Playbook
from responder.domain.regime import Regime
from responder.errors import UnknownId
from responder.site.fields import Fields
from responder.site.folder import Folder
from responder.site.regimes import read_regime
from responder.site.shapes import Reading
from responder.site.yaml_source import parse_yaml

PACKS = "playbooks/regimes"


def _release() -> Folder:
    return Folder(Path(__file__).parents[1] / "regimes")


@cache
def shipped_packs() -> frozenset[str]:
    """The ids of the release's packs, editions included."""
    return _release().stems("packs", ".yaml")


@cache
def shipped_regime(id: str) -> Regime | None:
    """The release's own pack, None if it has none."""
    if id not in shipped_packs():
        return None
    node, reading = _release().parsed(f"packs/{id}.yaml", parse_yaml), Reading()
    assert node is not None
    regime = read_regime(Fields(reading, node), id)
    if reading.faults:
        raise reading.faults[0]
    return regime


def shipped_pack_text(id: str) -> str:
    """The file of one of the release's packs; raises UnknownId."""
    if id not in shipped_packs():
        raise UnknownId("报告规则", "rule pack", id, sorted(shipped_packs()))
    return (_release().path / f"packs/{id}.yaml").read_text(encoding="utf-8")


def regimes_wanted(applies: Iterable[str], playbooks: Iterable[Playbook]) -> tuple[str, ...]:
    """The packs that the firm and its playbooks name, each once."""
    named = [*applies, *(id for playbook in playbooks for id in playbook.regimes)]
    return tuple(dict.fromkeys(named))


def with_editions(wanted: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """The packs wanted and what may be an edition of one, by their names."""
    files = sorted(known)
    found = [name for id in wanted for name in files if name == id or name.startswith(f"{id}-")]
    return tuple(dict.fromkeys(found))


def in_use(found: dict[str, Regime], wanted: Iterable[str]) -> dict[str, Regime]:
    """Of those read the ones wanted, each followed by its editions."""
    kept = {}
    for id in wanted:
        if id in found:
            kept[id] = found[id]
        kept |= {one.id: one for one in found.values() if one.edition_of == id}
    return kept
