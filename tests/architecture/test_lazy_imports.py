import subprocess
import sys

import pytest

from tests.architecture.tree import PACKAGE, ROOT

HEAVY = {
    "alembic",
    "apscheduler",
    "cryptography",
    "docx",
    "jinja2",
    "openpyxl",
    "phonenumbers",
    "psycopg",
    "pypinyin",
    "python_calamine",
    "reportlab",
    "rich",
    "ruamel",
    "slack_bolt",
    "slack_sdk",
    "sqlalchemy",
    "starlette",
    "telegram",
    "twilio",
    "uvicorn",
}


def imported_by(*arguments: str) -> set[str]:
    """The top-level packages that `responder …` imports in a fresh interpreter."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "responder", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line for line in run.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


@pytest.mark.skipif(not (PACKAGE / "__main__.py").exists(), reason="no command line yet")
@pytest.mark.parametrize(
    "arguments", [("--help",), ("--version",), ("declare", "--help"), ("contacts", "--help")]
)
def test_help_imports_nothing_heavy(arguments):
    """Asking for help loads no SDK, no database and no web server, so it answers at once."""
    packages = imported_by(*arguments)
    assert "responder" in packages
    assert packages & HEAVY == set()
