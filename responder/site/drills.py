"""`contacts/drills.yaml`: the drills that were held, as they count for the standard."""

from responder.domain.drill_record import PLAN_HEADINGS, DrillFinding, DrillRecord
from responder.domain.words import Words
from responder.site.fields import Fields


def read_drills(root: Fields) -> tuple[DrillRecord, ...]:
    """The register of drills, as it is listed."""
    drills = root.by_id("drills", _drill)
    root.close()
    return tuple(drills.values())


def _drill(fields: Fields, id: str) -> DrillRecord:
    return DrillRecord(
        id=id,
        scenario=fields.text("scenario"),
        title=fields.words("title"),
        on=fields.day("on"),
        plan=_plan(fields.inner("plan")),
        approved_by=fields.text("approved_by"),
        recorded=fields.text("recorded"),
        evaluated_on=fields.day("evaluated_on"),
        participants=fields.texts("participants"),
        plan_changes=fields.text("plan_changes"),
        findings=tuple(fields.by_id("findings", _finding).values()),
        reported_on=fields.day("reported_on"),
        reported_to=fields.text("reported_to"),
        receipt=fields.text("receipt"),
        partners=fields.texts("with"),
    )


def _plan(fields: Fields) -> dict[str, Words]:
    """The headings that say something, in the order of the standard."""
    said = {heading: fields.words(heading) for heading in PLAN_HEADINGS}
    fields.close()
    return {heading: words for heading, words in said.items() if words != Words()}


def _finding(fields: Fields, id: str) -> DrillFinding:
    return DrillFinding(
        id=id,
        what=fields.words("what"),
        owner=fields.text("owner"),
        due_on=fields.day("due_on"),
        done_on=fields.day("done_on"),
        proof=fields.text("proof"),
    )
