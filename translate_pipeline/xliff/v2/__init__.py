"""XLIFF 2.0 and 2.1, written and read; 2.2, read."""
