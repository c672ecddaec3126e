"""What a row of the table of removals says; each subject keeps its rows in `removals_*.py`.

    ROWS = [Removal("the settlement head", "7.1-2", change, "contacts/command.yaml")]

`change` takes one required thing out of the situation of the untouched sample: use
`dataclasses.replace` on the situation, and `with_site` for what the site says.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from responder.readiness.situation import Situation


@dataclass(frozen=True)
class Removal:
    """One thing taken away: in words, the one control that turns red, part of its mend.

    `mend` is looked for in both languages: a command or a file's name reads the same in either.
    """

    what: str
    control: str
    change: Callable[[Situation], Situation]
    mend: str


def with_site(situation: Situation, **fields: Any) -> Situation:
    """The situation with other values in some fields of its site."""
    return replace(situation, site=replace(situation.site, **fields))
