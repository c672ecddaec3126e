"""Where a system's documents and software copies lie (资料): one answer, and never a secret."""

from collections.abc import Iterator
from datetime import datetime

from responder.commands.registers.kept_ready import Registers
from responder.domain.provision import DOCUMENT, KIND_NAMES, Kept, tells_a_secret
from responder.domain.words import Words
from responder.errors import UnknownId
from responder.ports.unit_of_work import UnitOfWork

HIDDEN = Words("（不在此显示，请问保管人）", "(not shown here: ask its keeper)")


def papers_of(uow: UnitOfWork, system: str, now: datetime) -> Words:
    """Every document of a system in one message: what, where, which version, who keeps it.

    Raises UnknownId for a system there is not.
    """
    registers = Registers.load(uow, now)
    site = registers.roster.site
    if system not in site.systems:
        raise UnknownId("系统", "system", system, site.systems)
    mine = [
        one
        for one in registers.every()
        if one.provision.register == DOCUMENT and system in one.provision.systems
    ]
    name = site.systems[system].name
    return Words(
        *(
            "\n".join(_lines(registers, mine, name.said(language), language))
            for language in ("zh", "en")
        )
    )


def _lines(registers: Registers, mine: list[Kept], name: str, language: str) -> Iterator[str]:
    def said(zh: str, en: str) -> str:
        return en if language == "en" else zh

    if not mine:
        yield said(f"{name}没有登记技术资料。", f"No documents of {name} are on record.")
        return
    yield said(f"{name}的技术资料：", f"Documents of {name}:")
    for one in mine:
        about, comma = one.provision, said("、", ", ")
        kinds = comma.join(KIND_NAMES[k].said(language) for k in about.kinds if k in KIND_NAMES)
        places = comma.join(_safe(place.said(language), language) for place in about.places)
        keeper = registers.keeper(about)
        person = registers.roster.site.people.get(keeper)
        held = person.name.said(language) if person else about.owner
        late = said("；检查逾期", "; its check is late") * one.is_overdue(registers.today)
        version = _safe(about.version or "—", language)
        seen = one.checked_on or "—"
        yield said(
            f"· {kinds}：{places}；版本{version}；保管人{held}；{seen}核对{late}",
            f"· {kinds}: {places}; version {version}; kept by {held}; checked {seen}{late}",
        )


def _safe(text: str, language: str) -> str:
    return HIDDEN.said(language) if tells_a_secret(text) else text
