from hypothesis import given
from hypothesis import strategies as st

from responder.documents.paper.flow import Strip, laid_out

HEIGHTS = st.lists(st.tuples(st.floats(1, 60), st.booleans()), min_size=1, max_size=60)


@given(HEIGHTS)
def test_every_strip_is_placed_once_in_order_and_on_the_page(rows) -> None:
    """Whatever must stay together, nothing is lost, doubled or put below a page's end."""
    strips = [Strip(height, keep=keep) for height, keep in rows]
    pages = laid_out(strips, 100)
    placed = [strip for page in pages for _, strip in page.placed]
    assert [id(one) for one in placed] == [id(one) for one in strips]
    for page in pages:
        assert page.used <= 100
        assert page.placed or page is pages[0]


def test_a_heading_goes_with_what_it_heads() -> None:
    """Kept strips move to the next page with the one they belong to."""
    pages = laid_out([Strip(80), Strip(15, keep=True), Strip(30)], 100)
    assert [len(page.placed) for page in pages] == [1, 2]


def test_the_head_comes_again_and_gaps_vanish_at_the_top() -> None:
    """A table's headings stand on each of its pages; room between blocks does not."""
    head = Strip(10, keep=True)
    rows = [Strip(30, head=head) for _ in range(7)]
    pages = laid_out([head, *rows, Strip(20, gap=True), Strip(90)], 100)
    assert [page.placed[0][1] is head for page in pages] == [True, True, True, False]
    assert pages[-1].used == 90


def test_more_kept_together_than_a_page_holds_is_laid_out_all_the_same() -> None:
    """A chain of kept strips higher than a page falls apart, nothing is lost."""
    pages = laid_out([Strip(30, keep=True) for _ in range(9)], 100)
    assert sum(len(page.placed) for page in pages) == 9
