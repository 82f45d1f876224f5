"""Segmentation rules as data."""
