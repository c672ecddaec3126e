import pytest

from responder.documents.paper import press as room
from responder.documents.paper.press import Press
from responder.errors import PaperFailed


@pytest.fixture
def press():
    """A press with a process of its own."""
    press = Press(apart=True)
    yield press
    press.close()


def test_what_goes_wrong_in_the_other_process_is_told_and_it_goes_on(press):
    """A paper that cannot be made says why; the next one is made by the same process."""
    for _ in range(2):
        with pytest.raises(PaperFailed, match="KeyError"):
            press.make("no such paper", None, "zh")


def test_a_process_that_ends_is_replaced(press, monkeypatch):
    """Killed in the middle of it, the next paper finds a new one."""
    monkeypatch.setattr(room, "_made_apart", killed)
    with pytest.raises(PaperFailed, match="its process ended"):
        press.make("x", None, "zh")
    monkeypatch.undo()
    with pytest.raises(PaperFailed, match="KeyError"):
        press.make("x", None, "zh")


def test_a_process_that_is_stuck_is_given_up(press, monkeypatch):
    """Nobody waits for ever for a paper."""
    with pytest.raises(PaperFailed, match="KeyError"):
        press.make("warm", None, "zh")
    monkeypatch.setattr(room, "LONGEST", 1)
    monkeypatch.setattr(room, "_made_apart", stuck)
    with pytest.raises(PaperFailed, match="no answer in 1 s"):
        press.make("x", None, "zh")


def killed(*_):
    import os

    os._exit(9)


def stuck(*_):
    import time

    time.sleep(60)
