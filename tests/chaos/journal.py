"""What somebody outside knows of a process: what it confirmed, and how far it got.

A line is written, and on the disk, only after the answer was given; so whatever stands here was
confirmed to a person, and must be true for ever after.
"""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any


class Journal:
    """Lines of JSON, appended by one process after the other; `errors` is what else they say."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.errors = path.with_name(f"{path.name}.errors")
        path.touch()
        self.errors.touch()

    def write(self, **said: Any) -> None:
        """One line, durable when this returns."""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(said) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def lines(self) -> list[dict[str, Any]]:
        """Every line; the last one may have been cut short by the kill, and is not there then."""
        whole = self.path.read_text(encoding="utf-8").rpartition("\n")[0]
        return [json.loads(line) for line in whole.splitlines()]

    def confirmed(self) -> dict[str, tuple[str, datetime]]:
        """Acts confirmed: the incident's id, and when."""
        return {
            line["confirmed"]: (line["id"], datetime.fromisoformat(line["at"]))
            for line in self.lines()
            if "confirmed" in line
        }

    def reached(self) -> datetime | None:
        """The latest instant that any process is known to have come to."""
        return max((datetime.fromisoformat(line["at"]) for line in self.lines()), default=None)
