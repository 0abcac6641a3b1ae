"""Cases by the ten thousand, written in bulk: for measuring, never for showing."""

from benchmarks.seed.fill import fill

__all__ = ["fill"]
