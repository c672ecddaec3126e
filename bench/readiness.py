"""How long `readiness` takes over 500 people and 50 playbooks, and the judging of it alone.

The firm is the sample's, its people and playbooks multiplied, once as files and once as a database
holds it. Floor of the whole command: `responder who` from the same database, which starts the
same way and judges nothing. Floor of the judging: one walk over every value of the site.
"""

import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

from bench._figures import Goal, conclude, table
from bench._house import folder
from responder.readiness.control import assess
from responder.readiness.controls import every_control
from responder.readiness.situation import Situation
from responder.site.loader import load
from responder.site.sample import SAMPLE_DATE, write_sample

PEOPLE, PLAYBOOKS = 500, 50
RUNS = 7
RESPONDER = (sys.executable, "-m", "responder")
ENVIRONMENT = os.environ | {"LANG": "en_US.UTF-8"}


def grow(site: Path) -> None:
    """Multiply the people and the playbooks of a site in its files."""
    people = site / "contacts" / "people.yaml"
    head, *each = re.split(r"(?m)^(?=  - id: )", people.read_text(encoding="utf-8"))
    more = [_copy(each[n % len(each)], n) for n in range(PEOPLE - len(each))]
    people.write_text("".join((head, *each, "\n", *more)), encoding="utf-8")
    books = sorted(load(site).site.playbooks)
    for number in range(PLAYBOOKS - len(books)):
        text = (site / "playbooks" / f"{books[number % len(books)]}.yaml").read_text("utf-8")
        copied = re.sub(r"(?m)^id: \S+", f"id: copy-{number}", text, count=1)
        (site / "playbooks" / f"copy-{number}.yaml").write_text(copied, encoding="utf-8")


def _copy(person: str, number: int) -> str:
    """The same person under another id and number, head of nothing."""
    person = re.sub(r"- id: \S+", f"- id: extra.{number}", person)
    person = re.sub(r"(?m)^    head_of:.*\n", "", person)
    return re.sub(r'"\+86\d+"', f'"+86139{number:08}"', person)


def run(*words: str, site: Path) -> tuple[float, float]:
    """Seconds from starting a command to its end, and of computing in it."""
    began, computed = time.perf_counter(), _computed()
    command = (*RESPONDER, "--site", str(site), *words)
    subprocess.run(command, check=True, capture_output=True, env=ENVIRONMENT)
    return time.perf_counter() - began, _computed() - computed


def _computed() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def judged(situation: Situation) -> float:
    """Seconds in which every control is judged."""
    began = time.perf_counter()
    assess(situation, every_control())
    return time.perf_counter() - began


def walked(site: Any) -> float:
    """Seconds in which every value of a site is looked at once."""
    began = time.perf_counter()
    for _ in _values(site):
        pass
    return time.perf_counter() - began


def _values(value: Any) -> Iterator[Any]:
    yield value
    if is_dataclass(value):
        for one in fields(value):
            yield from _values(getattr(value, one.name))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _values(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _values(inner)


def whole(site: Path) -> dict[str, tuple[float, float]]:
    """Medians of whole commands, by turns: by the files, by the database, and their floor."""
    commands = {
        "readiness --files": ("readiness", "--files", "--json"),
        "readiness": ("readiness", "--json"),
        "floor: who": ("who", "--json"),
    }
    runs: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, words in commands.items():
            runs[name].append(run(*words, site=site))
    return {
        name: (median(took for took, _ in each), median(cpu for _, cpu in each))
        for name, each in runs.items()
    }


def main() -> None:
    with folder() as where:
        site = where / "site"
        write_sample(site, SAMPLE_DATE)
        grow(site)
        run("--as", "qian.li", "warn", "raise", "fire", "--title", "bench", site=site)
        times = whole(site)
        found = load(site).site
    situation = Situation(found, datetime.fromisoformat(f"{SAMPLE_DATE}T10:00+08:00"))
    judging = median(judged(situation) for _ in range(RUNS))
    walking = median(walked(found) for _ in range(RUNS))
    times |= {
        "judging alone": (judging, judging),
        "floor: every value once": (walking, walking),
    }
    table(
        (f"{len(found.people)} people, {len(found.playbooks)} playbooks", "ms", "of computing"),
        [(name, 1000 * took, 1000 * cpu) for name, (took, cpu) in times.items()],
    )
    goals = [
        Goal("readiness, from a database", times["readiness"][0], 1, "s"),
        Goal("readiness, from files", times["readiness --files"][0], 1, "s"),
        Goal("judging alone", 1000 * judging, 250, "ms"),
    ]
    figures = {
        name: {"ms": 1000 * took, "cpu_ms": 1000 * cpu} for name, (took, cpu) in times.items()
    }
    conclude("readiness", {"controls": len(every_control()), "times": figures}, goals)


if __name__ == "__main__":
    main()
