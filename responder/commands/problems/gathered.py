"""Problems gathered elsewhere, taken in together (5.8): from checks, audits, assessments."""

from dataclasses import dataclass
from datetime import datetime

from responder.commands.command import Command, Reply, handles
from responder.commands.firm import require_act
from responder.commands.problems.library import LONGEST_NUMBER, check_proposal
from responder.commands.problems.recurrence import open_problem
from responder.domain.logged_event import symptom_of
from responder.domain.words import Words
from responder.errors import BadInput, Refused
from responder.ports.unit_of_work import UnitOfWork

MOST_ROWS = 2000


@dataclass(frozen=True)
class Gathered:
    """One row: `row` is its number in the table, for whoever has to mend it."""

    row: int
    title: str
    source: str
    system: str = ""
    symptom: str = ""
    reference: str = ""


@dataclass(frozen=True)
class ImportProblems(Command):
    """All of them, or none."""

    rows: tuple[Gathered, ...]


@handles(ImportProblems)
def import_problems(command: ImportProblems, uow: UnitOfWork, now: datetime) -> Reply:
    """Take in what is new; a row that is in the library already is passed over.

    Raises BadInput naming the row for anything that does not fit; then nothing is taken in.
    """
    require_act("propose_problem", command.by, uow, now)
    if len(command.rows) > MOST_ROWS:
        raise BadInput(f"一次最多{MOST_ROWS}行。", f"At most {MOST_ROWS} rows at once.")
    known = {_sameness(one) for one in uow.problems.all().values()}
    taken: list[str] = []
    for row in command.rows:
        _check(uow, row)
        if _sameness(row) in known:
            continue
        known.add(_sameness(row))
        problem = open_problem(
            uow,
            now,
            command.by,
            title=row.title,
            system=row.system,
            symptom=symptom_of(row.symptom or row.title),
            source=row.source,
            events=[],
            reference=row.reference,
        )
        taken.append(problem.id)
    passed_over = len(command.rows) - len(taken)
    said = Words(
        f"已录入问题{len(taken)}个，已有{passed_over}个未重复录入。",
        f"{len(taken)} problems taken in; {passed_over} were there already.",
    )
    return Reply(next(iter(taken), ""), said, {"problems": taken, "passed_over": passed_over})


def _sameness(one: object) -> tuple[str, ...]:
    return tuple(getattr(one, name) for name in ("source", "system", "title", "reference"))


def _check(uow: UnitOfWork, row: Gathered) -> None:
    try:
        check_proposal(uow, row.title, row.source, row.system)
        if len(row.reference) > LONGEST_NUMBER:
            raise BadInput("编号过长。", "The reference is too long.")
    except Refused as refused:
        raise BadInput(
            f"第{row.row}行：{refused.said('zh')}",
            f"Row {row.row}: {refused.said('en')}",
            "整个文件没有录入，改好后重新导入。",
            "Nothing of the file was taken in; mend it and import it again.",
        ) from refused
