"""Fixtures for all tests."""

import os
import pathlib

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("default", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")

ROOT = pathlib.Path(__file__).parents[1]


SHARED = pathlib.Path(os.environ.get("TRANSLATE_PIPELINE_SHARED", ROOT.parent / "shared"))
ABSENT = "test material is absent"


@pytest.fixture(scope="session")
def shared() -> pathlib.Path:
    """The folder of test material beside the repository; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"{ABSENT}: {SHARED}")
    return SHARED


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A test that was skipped for want of material although the material is there is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if SHARED.is_dir() and any(ABSENT in str(report.longrepr) for report in skipped):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
