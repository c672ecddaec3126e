"""One cycle of paging: what is known of it between two instants."""

from dataclasses import dataclass, field
from datetime import datetime

from responder.domain.ringing import Run, Rung


@dataclass(slots=True)
class Held:
    """A role named in this round: the step that named it last, and who held it then."""

    step: int
    holder: str


@dataclass(slots=True)
class Escalation:
    """One cycle of paging. `runs` holds the people open: rung and not yet answered.

    `by_step` and `by_round` are the people paged by the step started last and by this round's
    steps, as keys; `first_paged` is the order in which answers at one instant count (9). `told`
    are people of an earlier cycle, told in writing and not rung until the first round ends;
    `spared` people (the declarer) are rung from an instant on.
    """

    subject: str
    started_at: datetime
    cycle: int = 1
    round: int = 1
    step: int = 0
    step_ends_at: datetime | None = None
    widened: bool = False
    by_step: dict[str, None] = field(default_factory=dict)
    by_round: dict[str, None] = field(default_factory=dict)
    runs: dict[str, Run] = field(default_factory=dict)
    acknowledged: dict[str, datetime] = field(default_factory=dict)
    declined: list[str] = field(default_factory=list)
    commanders: list[str] = field(default_factory=list)
    first_paged: dict[str, None] = field(default_factory=dict)
    roles: dict[str, Held] = field(default_factory=dict)
    change_at: datetime | None = None
    failed: dict[str, list[str]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    spared: dict[str, datetime] = field(default_factory=dict)
    rung: Rung = field(default_factory=Rung)
    completed_at: datetime | None = None
    short: bool = False
    stopped: bool = False

    @property
    def is_open(self) -> bool:
        """Whether people are still being paged."""
        return self.completed_at is None and not self.stopped

    @property
    def commander(self) -> str:
        """The first acknowledger who may command, `""` if none."""
        return next((p for p in self.acknowledged if p in self.commanders), "")

    @property
    def next_due(self) -> datetime | None:
        """When something is to be done next; None once over."""
        if not self.is_open:
            return None
        rings = (run.next_at for run in self.runs.values())
        instants = (self.step_ends_at, self.change_at, *rings)
        return min((at for at in instants if at is not None), default=None)
