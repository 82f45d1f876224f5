"""Translate newsroom articles offline into aligned XLIFF and bilingual pages."""
