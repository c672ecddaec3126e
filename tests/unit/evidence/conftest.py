from collections.abc import Iterator

import pytest

from tests.unit.evidence.ledgers import Ledger, sample


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    """A sound ledger of twelve entries."""
    return sample()
