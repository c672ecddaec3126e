"""The record in words: every kind that is recorded can be read in both languages."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import responder
from responder.documents.kinds import KINDS
from responder.documents.timeline import line
from responder.domain import events
from responder.domain.record import Entry
from tests.stage.firm import small_firm

ROOT = Path(responder.__file__).parent
RECORDED = re.compile(r'(?:record|Fact|note_fact)\(\s*(?:uow,\s*)?"([A-Z][A-Za-z]+)"')
NAMED = re.compile(r'^\s*kind = "([A-Z]\w+)" if .* else "([A-Z]\w+)"', re.MULTILINE)


def recorded_kinds() -> set[str]:
    """Every kind of fact the code records: event classes, and names given to `record`."""
    classes = {
        name
        for name, value in vars(events).items()
        if isinstance(value, type) and issubclass(value, events.Event) and value is not events.Event
    }
    sources = [path.read_text() for path in (ROOT / "commands").glob("*.py")]
    direct = {kind for source in sources for kind in RECORDED.findall(source)}
    chosen = {kind for source in sources for pair in NAMED.findall(source) for kind in pair}
    return classes | direct | chosen


def entry(kind: str, payload: dict[str, object] | None) -> Entry:
    return Entry(
        1, datetime(2026, 11, 23, 12, 15, tzinfo=UTC), kind, "duty", "cli", "X", payload, ""
    )


def test_every_kind_recorded_has_words() -> None:
    """Nobody reads a class name in the record."""
    assert recorded_kinds() - KINDS.keys() == set()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_entry_breaks_the_reader(kind: str, language: str) -> None:
    """Whatever a payload lacks, the line is there, and no blank stays open."""
    said = line(entry(kind, {}), small_firm(), language)
    assert said
    assert "{" not in said


def test_ids_become_names() -> None:
    """People are called by their names, decisions by their questions."""
    asked = entry("Asked", {"person": "boss", "decision": "halt-orders"})
    assert line(asked, small_firm(), "en") == "Boss is asked: Halt orders?"
    assert line(asked, small_firm(), "zh") == "请boss决策：暂停委托？"


def test_a_removed_payload_says_so() -> None:
    """Lawful removal is visible, not blank."""
    assert "lawfully removed" in line(entry("Noted", None), small_firm(), "en")
