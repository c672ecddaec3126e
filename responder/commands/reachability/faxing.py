"""The monthly test of the liaison officers' fax (JR/T 0099 7.1 p), made by hand, kept here."""

from dataclasses import dataclass
from datetime import datetime

from responder.commands.clean import clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.firm import note_fact, require_act
from responder.commands.numbering import number
from responder.commands.pursuit import roster_in_force
from responder.commands.reachability.probing import SERIES
from responder.commands.telling import name
from responder.domain.reachability import FAX, Probe
from responder.domain.words import Words
from responder.errors import UnknownId
from responder.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RecordFaxTest(Command):
    """A page went to the fax of a liaison officer and came out, or did not."""

    liaison: str
    worked: bool
    note: str = ""


@handles(RecordFaxTest)
def record_fax_test(command: RecordFaxTest, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep it with the probes of the duty phones. Raises UnknownId for anybody without a fax."""
    require_act("probe", command.by, uow, now)
    clean_reason(command.note, needed=not command.worked)
    site = roster_in_force(uow).site
    faxed = [one.person for one in site.liaisons if one.fax]
    if command.liaison not in faxed:
        raise UnknownId("有传真的通报联络人", "liaison officer with a fax", command.liaison, faxed)
    one = Probe(number(uow, SERIES, site, now), FAX, now, [command.liaison], [now])
    if command.worked:
        one.answered_by, one.answered_at = command.by.person, now
    else:
        one.missed_at = now
    uow.probes.put(one.id, one)
    facts = {"people": [command.liaison], "worked": command.worked, "note": command.note}
    note_fact(uow, "FaxTested", command.by, now, probe=one.id, **facts)
    who = {language: name(site, command.liaison, language) for language in ("zh", "en")}
    said = Words(
        f"已登记{who['zh']}的传真测试：{'正常' if command.worked else '不通'}。",
        f"Recorded: the fax of {who['en']} {'works' if command.worked else 'does not work'}.",
    )
    return Reply(one.id, said, {"worked": command.worked})
