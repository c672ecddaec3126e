"""The table of rights is whole: every command, every capacity, and the page that shows it."""

import importlib
import pkgutil

import responder.commands
from responder.commands.acts import ACTS
from responder.commands.command import HANDLERS
from responder.commands.rights import CAPACITIES, IN_THE_CASE
from responder.commands.rights_of_commands import ACT_OF, BESIDES, CARRIERS, OF_THE_HOUSE
from responder.domain.organisation import GRANTS
from tests.architecture.rights_page import PAGE, page


def commands() -> set[str]:
    """The name of every command there is."""
    for module in pkgutil.walk_packages(responder.commands.__path__, "responder.commands."):
        importlib.import_module(module.name)
    return {kind.__name__ for kind in HANDLERS if kind.__module__.startswith("responder.commands.")}


def test_every_command_is_in_the_table():
    """Each is an act that somebody may do, or carries another, or is given by nobody."""
    listed = [*ACT_OF, *CARRIERS, *OF_THE_HOUSE]
    assert len(listed) == len(set(listed))
    assert set(listed) == commands()


def test_the_table_names_nothing_that_is_not_there():
    """Acts and capacities exist, and each act serves a command."""
    used = {*ACT_OF.values(), *(act for acts in BESIDES.values() for act in acts)}
    assert used == set(ACTS)
    assert BESIDES.keys() <= ACT_OF.keys()
    allowed = {capacity for _, capacities in ACTS.values() for capacity in capacities}
    assert allowed <= {*CAPACITIES, *IN_THE_CASE}
    assert not CAPACITIES.keys() & IN_THE_CASE.keys()


def test_every_grant_is_a_capacity():
    """What `contacts/roles.yaml` can grant means something here."""
    assert set(GRANTS) <= CAPACITIES.keys()


def test_the_page_is_what_the_code_says():
    """`python -m tests.architecture.rights_page` writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == page()
