"""XLIFF 1.2."""
