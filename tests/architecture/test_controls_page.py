"""The page of controls is written from the code."""

from tests.architecture.controls_page import PAGE, page


def test_the_page_of_controls_is_current():
    """Run `python -m tests.architecture.controls_page` after a change."""
    assert PAGE.read_text(encoding="utf-8") == page()
