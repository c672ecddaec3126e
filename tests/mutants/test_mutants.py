"""The rule tests are worth something: each planted fault makes them fail."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutants.planted import MUTANTS, Mutant

ROOT = Path(__file__).resolve().parents[2]
PAGING = "tests/unit/domain/test_escalation_rules.py"
DECIDING = "tests/unit/domain/test_decision_rules.py"
ROTA = "tests/unit/domain/test_rota.py"
AWAY = "tests/unit/domain/test_away.py"
KEPT = "tests/unit/domain/test_provision.py"
LOGGED = "tests/unit/domain/test_logged_event.py"
PROBLEM = "tests/unit/domain/test_problem.py"
JUDGES = {
    "rota.py": [ROTA],
    "court.py": [DECIDING],
    "authority.py": [DECIDING],
    "away.py": [AWAY],
    "coverage.py": [AWAY],
    "provision.py": [KEPT],
    "logged_event.py": [LOGGED],
    "problem.py": [PROBLEM],
}
"""The quick tests that answer for a file; for the others those of paging."""
ALONE = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1"}
PASSED, FAILED = 0, 1


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The rules and their tests in a folder of their own."""
    shutil.copytree(ROOT / "responder" / "domain", tmp_path / "responder" / "domain")
    for name in ("responder/__init__.py", "responder/errors.py", "tests/__init__.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "tests" / "oracle", tmp_path / "tests" / "oracle")
    (tmp_path / "tests/unit/domain").mkdir(parents=True)
    for name in (PAGING, DECIDING, ROTA, AWAY, KEPT, LOGGED, PROBLEM):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --import-mode=importlib\n")
    return tmp_path


def judged(folder: Path, tests: list[str]) -> subprocess.CompletedProcess[str]:
    """Run the quick tests against the rules of a folder, until the first fails."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-xq", "-p", "no:cacheprovider", *tests],
        cwd=folder,
        env=os.environ | ALONE | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_the_rules_as_they_are_pass(copy):
    """Otherwise a mutant would be noticed for nothing."""
    run = judged(copy, [PAGING, DECIDING, ROTA, AWAY, KEPT, LOGGED, PROBLEM])
    assert run.returncode == PASSED, run.stdout


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.why.replace(" ", "-"))
def test_a_planted_fault_is_noticed(copy, mutant: Mutant):
    """Its old text stands in the rules once, and the changed rules fail a test."""
    file = copy / "responder" / "domain" / mutant.file
    text = file.read_text(encoding="utf-8")
    assert text.count(mutant.old) == 1, f"{mutant.file} no longer says {mutant.old!r}"
    file.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
    run = judged(copy, JUDGES.get(mutant.file, [PAGING]))
    assert run.returncode == FAILED, f"nobody notices: {mutant.why}\n{run.stdout}{run.stderr}"
