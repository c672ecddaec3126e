"""A newcomer's two minutes: alone, nothing leaves, and the paper bears their name."""

import pytest

from tests.architecture.test_clauses import root_command
from tests.fakes.pdf import read


@pytest.fixture
def taught(tmp_path, monkeypatch):
    """Plays the tutorial with what is typed; the exit, what was shown, and the paper."""
    from click.testing import CliRunner

    monkeypatch.chdir(tmp_path)

    def play(typed: str, *words: str):
        paper = tmp_path / "mine.pdf"
        result = CliRunner().invoke(
            root_command(), ["tutorial", "--out", str(paper), *words], input=typed
        )
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result, read(paper.read_bytes())

    return play


@pytest.mark.parametrize(
    ("language", "done", "name"), [("zh", "完成 safety", "小李"), ("en", "done safety", "Alex")]
)
def test_it_ends_with_ones_own_paper(taught, language, done, name):
    """Name, three steps, and the report: everything done in time, by this person."""
    result, paper = taught(f"{name}\n1\n{done}\n4\n1\n", "--lang", language)
    assert result.exit_code == 0
    assert name in paper.flat
    assert "3/3" in paper.flat
    first = {"zh": "这里的一切都不会离开这台电脑", "en": "Nothing here leaves this computer"}
    assert result.output.startswith(first[language])


def test_enter_alone_is_enough(taught):
    """Whoever types nothing is carried through all the same."""
    result, paper = taught("\n" * 12, "--lang", "en")
    assert result.exit_code == 0
    assert "Newcomer" in paper.flat
    assert "3/3" in paper.flat


def test_a_slip_is_answered_and_asked_again(taught):
    """Wrong keys and words break nothing."""
    result, _ = taught("7\nwhat now\n" + "\n" * 12, "--lang", "en", "--name", "Alex")
    assert result.exit_code == 0
    assert "Traceback" not in result.output
    assert result.output.count("Press 1 to take it") == 3


def test_nothing_of_it_stays(taught, tmp_path):
    """The house of the tutorial is gone; only the paper is left."""
    taught("\n" * 12, "--name", "Alex")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.pdf"]
