"""Ten thousand people out of a workbook: read, cleaned and compared, previewed, and put in force.

On the sample site, on a database on disk, as `contacts import --apply` does it: the file is read
and cleaned, a preview drawn up, and the rows taken into the version in force in one transaction.

Floor: the same bytes read and their cells parsed by calamine, with nothing made of them.
`python -m bench.import_people 2000` takes fewer people, for a quick look.
"""

import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from itertools import islice, product
from pathlib import Path
from statistics import median

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from bench._figures import Goal, conclude, shown, table
from bench._house import folder
from responder.commands.firm import AcceptSite
from responder.commands.manual.importing import ImportContacts, preview
from responder.commands.pursuit import roster_in_force
from responder.commands.subjects import handle
from responder.domain.record import By
from responder.domain.tables.sheet import Row
from responder.site.loader import load
from responder.site.tables.cells import Here
from responder.site.tables.reading import read_sheets
from responder.site.tables.rows import read_rows
from responder.store.opening import open_store

PEOPLE = 10_000
RUNS = 3
MOST = 5.0
"""Seconds that it may take altogether."""
ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
ADMINISTRATOR = By("qian.li", "cli")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚"
DEPARTMENTS = ("信息技术部", "经纪业务总部", "风险管理部", "结算部", "财务部", "客户服务中心")
HEADINGS = ("姓名", "部门", "职务", "手机", "固定电话", "邮箱")


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of each stage."""

    floor: float
    read: float
    preview: float
    apply: float

    @property
    def total(self) -> float:
        return self.read + self.preview + self.apply


def workbook(count: int) -> bytes:
    """A workbook of so many people, each with a name of their own, two numbers in some cells."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("人员")
    sheet.append(HEADINGS)
    names = islice(map("".join, product(SURNAMES, GIVEN, GIVEN)), count)
    for number, name in enumerate(names):
        mobile = f"138{number:08d}"
        phones = f"{mobile}；139{number:08d}" if number % 10 == 0 else mobile
        desk = f"021-5000 {number % 10_000:04d}转{8000 + number % 1000}"
        department = DEPARTMENTS[number % len(DEPARTMENTS)]
        sheet.append((name, department, "专员", phones, desk, f"p{number}@example.com"))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def cells_alone(content: bytes) -> float:
    """Seconds to parse the cells, and no more."""
    began = time.perf_counter()
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()
    return time.perf_counter() - began


def one_run(content: bytes, count: int, where: Path) -> Run:
    """Everything once, on a fresh database."""
    store = open_store(f"sqlite:///{where / 'bench.db'}", migrate=True)
    site = load(ROOT).site
    store.run(lambda uow: handle(AcceptSite(by=ADMINISTRATOR, site=site), uow, NOW))
    floor = cells_alone(content)
    began = time.perf_counter()
    reading = read_rows(read_sheets("people.xlsx", content), Here(), {})
    rows: tuple[Row, ...] = tuple(reading.rows)
    read = time.perf_counter()
    found = store.read(lambda uow: preview(roster_in_force(uow), rows, False, "qian.li"))
    seen = time.perf_counter()
    command = ImportContacts(by=ADMINISTRATOR, file="people.xlsx", rows=rows)
    reply = store.run(lambda uow: handle(command, uow, NOW))
    ended = time.perf_counter()
    store.close()
    assert not reading.remarks
    assert not found.draft.faults
    assert reply.facts["new"] == count, reply.facts
    return Run(floor, read - began, seen - read, ended - seen)


def main() -> None:
    """Measure and tell."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    content = workbook(count)
    runs = []
    for _ in range(RUNS):
        with folder() as where:
            runs.append(one_run(content, count, where))
    typical = {
        name: median(getattr(run, name) for run in runs)
        for name in ("floor", "read", "preview", "apply", "total")
    }
    names = {
        "floor": "floor: the cells alone",
        "read": "read, cleaned, ids made",
        "preview": "preview",
        "apply": "applied, with all that follows a change",
        "total": "altogether",
    }
    rows = (
        (names[name], shown(value), shown(value / typical["floor"]))
        for name, value in typical.items()
    )
    table((f"{count:,} people, {len(content) / 1e6:.1f} MB", "s", "× floor"), rows)
    goal = Goal(f"import of {count:,} people", typical["total"], MOST, "s")
    conclude("import_people", {"people": count, "runs": RUNS, **typical}, [goal])


if __name__ == "__main__":
    main()
