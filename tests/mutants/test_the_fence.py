"""Each line of the fence is held by a test: taken away alone, something fails (P5)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
FENCE = "tests/unit/domain/test_fence.py"
GATE = "tests/unit/engine/test_fence.py"
LEAKS = "tests/acceptance/test_no_drill_leaks.py"
HELD = "tests/acceptance/test_drills.py"
WARNED = "tests/acceptance/test_drill_warnings.py"
FAILED = 1


class Line(NamedTuple):
    """In `file`, `old` becomes `new`: what is then no longer held, and which tests notice."""

    file: str
    old: str
    new: str
    why: str
    judges: tuple[str, ...]


LINES = (
    Line(
        "commands/case.py",
        "roster_of(uow, incident.site_version, incident.recipients)",
        "roster_of(uow, incident.site_version)",
        "targets outside the list are somebody",
        (LEAKS,),
    ),
    Line(
        "commands/drills/starting.py",
        "open_incident(uow, now, declared, playbook, systems, version, recipients)",
        "open_incident(uow, now, declared, playbook, systems, version)",
        "a drill begins without its list",
        (f"{HELD}::test_it_rings_its_own_people_and_nobody_else",),
    ),
    Line(
        "documents/messages.py",
        "    return drill.mark(words, language, form) if message.drill else words\n",
        "    return words\n",
        "texts are not marked",
        (LEAKS,),
    ),
    Line(
        "commands/alert.py",
        "roster_of(uow, warning.site_version, warning.recipients)",
        "roster_of(uow, warning.site_version)",
        "a drill's early warning reaches anybody",
        (f"{WARNED}::test_unverified_it_hunts_among_the_recipients_alone",),
    ),
    Line(
        "commands/alert.py",
        "        if self.warning.drill:\n            return self.roster\n",
        "",
        "who holds a post now hears of the drill in place of who left",
        (f"{WARNED}::test_who_left_is_followed_among_the_recipients",),
    ),
    Line(
        "commands/warnings/path.py",
        "        if alert.warning.drill:\n            named = _play(",
        "        if False:\n            named = _play(",
        "units outside are called along the path",
        (f"{WARNED}::test_along_its_path_nobody_outside_is_called",),
    ),
    Line(
        "commands/warnings/moving.py",
        "_of_the_drill(alert) if alert.warning.drill else _declared(alert, command)",
        "_declared(alert, command)",
        "a drill's warning declares a real incident",
        (f"{WARNED}::test_come_true_it_is_the_drills_own_incident",),
    ),
    Line(
        "engine/fence.py",
        "uow.warnings.get(id) if is_warning(id) else uow.incidents.get(id)",
        "uow.incidents.get(id)",
        "the gate knows no list of a drill's warning",
        (GATE,),
    ),
    Line(
        "engine/sender.py",
        "if self._fence.concern(message) and",
        "if False and",
        "the gate stands open",
        (GATE,),
    ),
    Line(
        "engine/fence.py",
        '            why = "the drill\'s list cannot be read"\n',
        '            why = ""\n',
        "an unreadable list lets everything pass",
        (GATE,),
    ),
    Line(
        "domain/fence.py",
        "    if not message.drill:\n        return",
        "    if False:\n        return",
        "a drill's message may lack its mark",
        (FENCE, GATE),
    ),
    Line(
        "domain/fence.py",
        "    if not words.startswith(FIRST_WORDS):\n",
        "    if False:\n",
        "words may lack their mark",
        (FENCE, GATE),
    ),
    Line(
        "domain/fence.py",
        "    if recipients and message.person not in recipients:\n",
        "    if False:\n",
        "anybody may be reached",
        (FENCE, GATE),
    ),
    Line(
        "domain/fence.py",
        '        return "" if message.purpose in FOR_ROOMS else',
        '        return "" if True else',
        "outlets and units may be reached",
        (FENCE,),
    ),
    Line(
        "domain/fence.py",
        "    return message.drill or message.incident.startswith(SERIES)\n",
        "    return message.drill\n",
        "what forgot its mark is no drill's",
        (FENCE,),
    ),
    Line(
        "commands/incidents/incident.py",
        "            case.freeze()\n",
        "            pass\n",
        "a real declaration lets drills run on",
        (f"{HELD}::test_the_real_thing_freezes_it",),
    ),
)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The house and its tests in a folder of their own; files are linked, not copied."""
    for name in ("responder", "tests", "templates", "contacts", "playbooks"):
        shutil.copytree(
            ROOT / name,
            tmp_path / name,
            copy_function=os.link,
            ignore=shutil.ignore_patterns("__pycache__"),
        )
    for name in ("responder.toml", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def judged(folder: Path, tests: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    """Run the tests against the house of a folder, until the first fails."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-xq", "-p", "no:cacheprovider", *tests],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.why.replace(" ", "-"))
def test_no_line_of_the_fence_can_be_taken_away(copy, line: Line):
    """It stands there once; without it a test fails."""
    file = copy / "responder" / line.file
    text = file.read_text(encoding="utf-8")
    assert text.count(line.old) == 1, f"{line.file} no longer says {line.old!r}"
    file.unlink()
    file.write_text(text.replace(line.old, line.new), encoding="utf-8")
    run = judged(copy, line.judges)
    assert run.returncode == FAILED, f"nobody notices: {line.why}\n{run.stdout}{run.stderr}"
