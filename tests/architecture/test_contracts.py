import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE, ROOT


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on a tree; wide, so that no line of the answer is wrapped."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=tree,
        env={**os.environ, "COLUMNS": "400"},
        capture_output=True,
        text=True,
        check=False,
    )


@dataclass(frozen=True)
class Violation:
    contract: str
    """What import-linter calls the contract that must break."""
    files: dict[str, str]
    """Lines to add at the end of files below responder/, made where missing."""
    named: str
    """What the report must name."""

    def plant(self, tree: Path) -> None:
        for name, lines in self.files.items():
            path = tree / "responder" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            (path.parent / "__init__.py").touch()
            with path.open("a", encoding="utf-8") as file:
                file.write(f"\n{lines}\n")


LAYERS = "Nothing points up, and every room is declared"
WIRING = "Store, channels, documents and site are imported by app alone"
MIDDLE = "The middle imports the standard library only, and no clock, chance or I/O"
CYCLES = "No cycles, in any room"
SUBJECTS = "Subjects stand on one another in one order, all of them on the kernel"
OUT = "Doors out don't know each other"
IN = "Doors in don't know each other"


def upward(lower: str, upper: str) -> Violation:
    return Violation(
        LAYERS,
        {f"{lower}/planted.py": f"import responder.{upper}.planted", f"{upper}/planted.py": ""},
        f"responder.{lower}.planted -> responder.{upper}.planted",
    )


def imported(contract: str, importer: str, package: str) -> Violation:
    module = importer.removesuffix(".py").replace("/", ".")
    return Violation(
        contract,
        {importer: f"import {package}"},
        f"responder.{module} -> {package.partition('.')[0]}",
    )


VIOLATIONS = {
    "a new room": Violation(LAYERS, {"utils/__init__.py": ""}, "responder.utils"),
    "a new file at the top": Violation(LAYERS, {"helpers.py": ""}, "responder.helpers"),
    "store imports commands": upward("store", "commands"),
    "domain imports evidence": upward("domain", "evidence"),
    "ports import site": upward("ports", "site"),
    "evidence imports drills": upward("evidence", "drills"),
    "regimes import evidence": upward("regimes", "evidence"),
    "drills import readiness": upward("drills", "readiness"),
    "commands import inbound": upward("commands", "inbound"),
    "inbound imports engine": upward("inbound", "engine"),
    "desk imports inbound": upward("desk", "inbound"),
    "engine imports cli": upward("engine", "cli"),
    "channel imports store": upward("channels", "store"),
    "documents import site": upward("documents", "site"),
    "errors import domain": Violation(
        LAYERS, {"errors.py": "import responder.domain"}, "responder.errors -> responder.domain"
    ),
    "settings import app": Violation(
        LAYERS,
        {"settings.py": "import responder.app", "app.py": ""},
        "responder.settings -> responder.app",
    ),
    "commands import store": Violation(
        WIRING, {"commands/planted.py": "import responder.store"}, "responder.store"
    ),
    "inbound imports a channel": Violation(
        WIRING,
        {"inbound/planted.py": "import responder.channels.planted", "channels/planted.py": ""},
        "responder.inbound.planted -> responder.channels.planted",
    ),
    "cli imports documents": Violation(
        WIRING, {"cli/planted.py": "import responder.documents"}, "responder.documents"
    ),
    "engine imports site, late": Violation(
        WIRING,
        {"engine/planted.py": "def late():\n    import responder.site"},
        "responder.engine.planted -> responder.site",
    ),
    **{
        f"{room} imports {package}": imported(MIDDLE, f"{room}/planted.py", package)
        for room, package in {
            "domain": "os.path",
            "drills": "random",
            "regimes": "time",
            "evidence": "secrets",
            "readiness": "uuid",
            "ports": "asyncio",
            "commands": "threading",
        }.items()
    },
    "domain imports a third party": imported(MIDDLE, "domain/planted.py", "msgspec"),
    "commands import a third party": imported(MIDDLE, "commands/planted.py", "msgspec"),
    "evidence imports subprocess": imported(MIDDLE, "evidence/planted.py", "subprocess"),
    "the verifier leans on us": Violation(
        MIDDLE,
        {"evidence/verify.py": "import responder.evidence.planted", "evidence/planted.py": ""},
        "responder.evidence.verify -> responder.evidence.planted: stands alone",
    ),
    "the verifier leans on others": imported(MIDDLE, "evidence/verify.py", "cryptography"),
    "a cycle in a room": Violation(
        CYCLES,
        {
            "domain/planted.py": "import responder.domain.sown",
            "domain/sown.py": "import responder.domain.planted",
        },
        "No cycles are allowed in responder.domain",
    ),
    "the kernel of commands knows a subject": Violation(
        SUBJECTS,
        {"commands/case.py": "import responder.commands.notices.notice"},
        "responder.commands.case -> responder.commands.notices.notice",
    ),
    "a new file among the rooms of commands": Violation(
        SUBJECTS, {"commands/planted.py": ""}, "responder.commands.planted"
    ),
    "a channel imports another": Violation(
        OUT,
        {"channels/planted.py": "import responder.channels.sown", "channels/sown.py": ""},
        "responder.channels.planted -> responder.channels.sown",
    ),
    "a door imports another": Violation(
        IN,
        {"inbound/slack.py": "import responder.inbound.telegram", "inbound/telegram.py": ""},
        "responder.inbound.slack -> responder.inbound.telegram",
    ),
    "days look at sessions": Violation(
        "What is due stands on days; days know of no rule",
        {"regimes/days.py": "import responder.regimes.sessions"},
        "responder.regimes.days -> responder.regimes.sessions",
    ),
    "slack_sdk in the engine": imported(
        "The Slack SDK lives in the two Slack files", "engine/planted.py", "slack_sdk.web"
    ),
    "slack_bolt in another door": imported(
        "The Slack SDK lives in the two Slack files", "inbound/telegram.py", "slack_bolt"
    ),
    "telegram in the slack channel": imported(
        "The Telegram SDK lives in the two Telegram files", "channels/slack.py", "telegram.ext"
    ),
    "twilio in the command line": imported(
        "The Twilio SDK lives in the phone files", "cli/planted.py", "twilio.rest"
    ),
    "sqlalchemy in the engine": imported(
        "Databases live in the store", "engine/planted.py", "sqlalchemy"
    ),
    "sqlite3 in the app": imported("Databases live in the store", "app.py", "sqlite3"),
    "apscheduler in the store": imported(
        "APScheduler lives in the engine", "store/planted.py", "apscheduler.triggers.cron"
    ),
    "jinja2 in the site": imported(
        "Templates and PDF live in documents", "site/planted.py", "jinja2"
    ),
    "reportlab in the app": imported("Templates and PDF live in documents", "app.py", "reportlab"),
    "openpyxl in the site": imported(
        "Templates and PDF live in documents", "site/planted.py", "openpyxl"
    ),
    "docx in the site": imported(
        "Word is written in documents, and read where tables are read", "site/planted.py", "docx"
    ),
    "calamine in documents": imported(
        "What firms' tables are read with lives in one place",
        "documents/planted.py",
        "python_calamine",
    ),
    "ruamel in the settings": imported("YAML lives in the site", "settings.py", "ruamel.yaml"),
    "starlette in the engine": imported(
        "The web server lives in the doors and where they are started",
        "engine/planted.py",
        "starlette.routing",
    ),
    "rich in a door": imported(
        "The terminal lives in the command line", "inbound/planted.py", "rich.table"
    ),
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the tree to do damage in."""
    rubbish = shutil.ignore_patterns("__pycache__", "*.pyc")
    shutil.copytree(PACKAGE, tmp_path / "responder", ignore=rubbish)
    shutil.copytree(
        ROOT / "tests" / "architecture", tmp_path / "tests" / "architecture", ignore=rubbish
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_tree_keeps_every_contract():
    """Nothing in the tree imports what its room may not."""
    answer = lint(ROOT)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize("violation", VIOLATIONS.values(), ids=VIOLATIONS.keys())
def test_a_violation_is_reported(tree: Path, violation: Violation):
    """Each contract bites: a planted violation breaks it, and the report names the import."""
    violation.plant(tree)
    answer = lint(tree)
    assert answer.returncode == 1
    assert f"{violation.contract} BROKEN" in answer.stdout, answer.stdout
    assert violation.named in answer.stdout


def test_the_verifier_may_read_files(tree: Path):
    """The one exception: the stand-alone verifier touches files, and breaks no contract by it."""
    Violation(MIDDLE, {"evidence/verify.py": "import os\nimport sys\nimport time"}, "").plant(tree)
    assert f"{MIDDLE} KEPT" in lint(tree).stdout
