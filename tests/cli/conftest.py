"""Recordings that the tests of commands read."""

from tests.report.recorded import market, market_fork

__all__ = ["market", "market_fork"]
