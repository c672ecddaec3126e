"""The metrics page in Prometheus' text format: a handful of gauges, written by hand."""

from collections.abc import Iterator, Mapping
from typing import Any

GAUGES = {
    "timers_late": ("responder_timers_late_seconds", "Age of the earliest overdue timer."),
    "messages_late": ("responder_messages_late_seconds", "Age of the earliest waiting message."),
    "open_incidents": ("responder_open_incidents", "Incidents and drills not closed."),
    "open_warnings": ("responder_open_warnings", "Warnings not lifted, converted or dismissed."),
}


def exposition(
    ready: bool, engine_age: float | None, figures: Mapping[str, Any], release: str
) -> str:
    """What Prometheus scrapes. Figures that are not known are left out, never zero."""
    return "\n".join(_lines(ready, engine_age, figures, release)) + "\n"


def _lines(
    ready: bool, engine_age: float | None, figures: Mapping[str, Any], release: str
) -> Iterator[str]:
    yield from _gauge("responder_ready", "Whether this process can carry an emergency.", int(ready))
    if engine_age is not None:
        meaning = "Seconds since the engine's last cycle."
        yield from _gauge("responder_engine_cycle_age_seconds", meaning, engine_age)
    for key, (name, meaning) in GAUGES.items():
        if key in figures:
            yield from _gauge(name, meaning, figures[key])
    if "sending" in figures:
        halted = figures["sending"] == "halted"
        yield from _gauge("responder_halted", "Whether everything outgoing is halted.", int(halted))
    if "messages" in figures:
        yield "# HELP responder_messages Messages by state."
        yield "# TYPE responder_messages gauge"
        for state, count in figures["messages"].items():
            yield f'responder_messages{{state="{_escaped(state)}"}} {count}'
    yield "# HELP responder_build_info The release that runs."
    yield "# TYPE responder_build_info gauge"
    yield f'responder_build_info{{version="{_escaped(release)}"}} 1'


def _gauge(name: str, meaning: str, value: float) -> Iterator[str]:
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} gauge"
    yield f"{name} {value}"


def _escaped(label: str) -> str:
    return label.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
