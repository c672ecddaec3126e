"""What is expected in a drill, in words."""

from responder.documents.paper.drill_words import expected_words
from responder.documents.paper.naming import Naming
from tests.unit.documents.test_drill_papers import SITE


def test_what_it_is_done_to_goes_by_its_name():
    """Of every expectation of the sample site: whoever reads the paper knows no ids."""
    naming, of_something = Naming(SITE, "zh"), 0
    for scenario in SITE.scenarios.values():
        for _, one in scenario.expected.values():
            words = expected_words(one, scenario, naming)
            assert not one.of or one.of not in words, words
            of_something += bool(one.of)
    assert of_something > 30
