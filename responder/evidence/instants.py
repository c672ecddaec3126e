"""Instants as the record keeps them: whole microseconds since 1970, UTC."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def micros(at: datetime) -> int:
    """An instant in microseconds. Raises TypeError for a time without a zone."""
    return (at - EPOCH) // _MICROSECOND


def instant(us: int) -> datetime:
    """The instant of a number of microseconds."""
    return EPOCH + us * _MICROSECOND
