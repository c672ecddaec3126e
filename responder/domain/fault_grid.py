"""The coverage grid: systems × faults, and where no scheme handles and reports (7.1, rule a)."""

from dataclasses import dataclass

from responder.domain.playbook import Playbook
from responder.domain.site import Site


@dataclass(frozen=True, slots=True)
class Cell:
    """A fault that may hit a system, the playbooks for it, and what they lack.

    `lacks` holds `scheme` where there is none; else `handling`, `reporting` where none of them
    has tasks, or a way of reporting.
    """

    system: str
    fault: str
    playbooks: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()

    @property
    def is_hole(self) -> bool:
        """Whether something is lacking."""
        return bool(self.lacks)


def fault_grid(site: Site) -> tuple[Cell, ...]:
    """Every fault at every system it may hit, in the order of the site's files.

    A fault of which no system is said may hit whatever its playbooks are for. A system that no
    fault names is a hole of its own, with `fault` empty.
    """
    cells = [_cell(site, system, id) for id in site.faults for system in _hit(site, id)]
    met = {cell.system for cell in cells}
    return (*cells, *(_cell(site, id, "") for id in site.systems if id not in met))


def _hit(site: Site, fault: str) -> tuple[str, ...]:
    named = site.faults[fault].systems
    found = named or tuple(s for book in _books(site, fault) for s in book.systems)
    return tuple(dict.fromkeys(id for id in found if id in site.systems))


def _books(site: Site, fault: str) -> list[Playbook]:
    named = site.faults[fault].playbooks if fault else ()
    books = site.playbooks.values()
    return [book for book in books if fault and (book.fault == fault or book.id in named)]


def _cell(site: Site, system: str, fault: str) -> Cell:
    books = [book for book in _books(site, fault) if system in book.systems]
    if not books:
        return Cell(system, fault, (), ("scheme",))
    whole = any(_handles(book) and _reports(book) for book in books)
    lacks: tuple[str, ...] = ()
    if not whole:
        lacks += () if any(map(_handles, books)) else ("handling",)
        lacks += () if any(map(_reports, books)) else ("reporting",)
        lacks = lacks or ("handling", "reporting")
    return Cell(system, fault, tuple(book.id for book in books), lacks)


def _handles(book: Playbook) -> bool:
    return bool(book.tasks)


def _reports(book: Playbook) -> bool:
    return bool(book.report_path)
