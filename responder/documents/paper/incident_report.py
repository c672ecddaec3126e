"""The incident report for leaders, and in full for those who handled it: one page, then all of it.

For leaders it leaves out what is not theirs to read or to pass on: contact details, and who is
held to account. Nothing in it was decided here: it tells what the record holds.
"""

from responder.documents.paper.control import Control
from responder.documents.paper.incident_aftermath import Aftermath
from responder.documents.paper.incident_handling import Handling
from responder.documents.paper.incident_page import PageOne
from responder.documents.paper.incident_record import OnRecord
from responder.documents.paper.naming import Naming
from responder.documents.paper.paper import Paper
from responder.domain.masking import without_numbers
from responder.domain.report_order import INTERNAL, LEADERSHIP, ReportOrder
from responder.domain.words import Words

TITLES = {
    LEADERSHIP: Words("事件处置报告", "Incident report"),
    INTERNAL: Words("事件处置报告（内部全文）", "Incident report in full"),
}
SENSITIVITY = {
    LEADERSHIP: Words("内部", "internal"),
    INTERNAL: Words("内部，限处置人员", "internal, restricted"),
}


def incident_report(order: ReportOrder, language: str) -> Paper:
    """The report, in `zh` or `en`."""
    facts, naming = order.facts, Naming(order.facts.site, language)
    incident, title = facts.incident, naming.words(TITLES[order.audience])
    about = naming.title(incident)
    if order.audience == LEADERSHIP:
        about = without_numbers(about)
    at = naming.clock(facts.made_at, "%Y-%m-%d %H:%M:%S %z")
    paper = Paper(
        naming.said(f"{about}{title}", f"{title}: {about}"),
        language,
        _control(order, naming),
        subtitle=naming.said(f"{incident.id}　数据截至 {at}", f"{incident.id}   as of {at}"),
        drill=incident.drill,
    )
    for section in (PageOne, Handling, Aftermath, OnRecord):
        section(facts, naming, order.audience, paper).put()
    return paper


def _control(order: ReportOrder, naming: Naming) -> Control:
    return Control(
        number=f"{order.facts.incident.id}-R",
        version=order.version,
        author=naming.person(order.author) if order.author else "",
        approver=naming.person(order.approver) if order.approver else "",
        sensitivity=naming.words(SENSITIVITY[order.audience]),
        made_at=naming.local(order.facts.made_at),
        firm=naming.words(order.facts.site.firm.name),
    )
