"""Fixtures for all tests."""

import os
import pathlib

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("default", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")

ROOT = pathlib.Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> pathlib.Path:
    """The folder of test material beside the repository; tests that need it are skipped where it is absent."""
    folder = pathlib.Path(os.environ.get("TRANSLATE_PIPELINE_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"test material not found at {folder}")
    return folder
