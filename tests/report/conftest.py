"""Recordings that the tests of reports read."""

from tests.report.recorded import market, market_fork

__all__ = ["market", "market_fork"]
