"""The translation memory: what people approved, found again by context, by text and by likeness."""

from translate_pipeline.memory.leverage import leverage
from translate_pipeline.memory.store import Match, Memory, Statistics
from translate_pipeline.memory.units import Unit, units_of

__all__ = ["Match", "Memory", "Statistics", "Unit", "leverage", "units_of"]
