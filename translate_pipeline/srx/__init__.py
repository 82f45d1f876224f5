"""Sentence boundaries by SRX rules: reading the files, and applying them to text."""
