"""Readiness: the instrument, how ratings become agreed, and how agreed ratings become a verdict."""
