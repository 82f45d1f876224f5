"""Glossaries, matching, and the promise that terms arrive."""
