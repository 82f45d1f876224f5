"""Lets the tests of pages import their samples."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
