"""Translate newsroom articles offline into aligned XLIFF and bilingual pages."""

__version__ = "0.1.0"
