import pytest

from tests.unit.evidence.ledgers import Ledger, sample


@pytest.fixture
def ledger() -> Ledger:
    """A sound ledger of twelve entries."""
    return sample()
