"""The preview: on the loopback address, only the site, loaded again when files change."""

import http.client
import pathlib
import threading
import time
from collections.abc import Iterator

import pytest

from translate_pipeline.pipeline import preview

pytestmark = pytest.mark.enable_socket  # a server is nothing without one; it listens on 127.0.0.1 only


@pytest.fixture
def port(tmp_path: pathlib.Path) -> Iterator[int]:
    """A server for a small site, with secrets beside it."""
    site = tmp_path / "site"
    (site / "treaty").mkdir(parents=True)
    (site / "index.html").write_text("<html><head></head><body>index</body></html>")
    (site / "treaty" / "de.html").write_text("<html><head></head></html>")
    (site / ".secret").write_text("x")
    (tmp_path / "memory.sqlite").write_text("x")
    (site / "link.html").symlink_to(tmp_path / "memory.sqlite")
    server = preview.server(site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def _get(port: int, path: str, *, host: str = "", method: str = "GET") -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or f"127.0.0.1:{port}")
    connection.endheaders()
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response.status, body, dict(response.getheaders())


def test_pages_are_served_with_the_reloading_script(port: int) -> None:
    """The index for the root, pages by name; pages get one script of the server's own."""
    status, body, headers = _get(port, "/")
    assert status == 200
    assert '<script src="/@preview/reload.js" defer></script>' in body
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert _get(port, "/treaty/de.html")[0] == 200
    assert "@preview/wait.js" in _get(port, "/@preview/reload.js")[1]


@pytest.mark.parametrize(
    "path",
    [
        "/../memory.sqlite",
        "/%2e%2e/memory.sqlite",
        "/..%2fmemory.sqlite",
        "/.secret",
        "/link.html",
        "/treaty",
        "/nothing.html",
        "/treaty%00/de.html",
        "//etc/passwd",
    ],
)
def test_nothing_but_the_site(port: int, path: str) -> None:
    """No file outside of the site, no dot file, no link that leads out, no list of a folder."""
    assert _get(port, path)[0] == 404


def test_other_names_are_refused(port: int) -> None:
    """A page of somewhere else cannot reach the server under its own name (DNS rebinding)."""
    assert _get(port, "/", host="evil.example")[0] == 403
    assert _get(port, "/", host=f"localhost:{port}")[0] == 200


def test_looking_only(port: int) -> None:
    """HEAD and GET; anything else is not there."""
    assert _get(port, "/", method="HEAD")[:2] == (200, "")
    assert _get(port, "/", method="POST")[0] == 501


def test_a_change_is_told(port: int, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits is told to reload when a file changes, and to go on waiting when none does."""
    monkeypatch.setattr(preview, "_PAUSE", 0.02)

    def change() -> None:
        time.sleep(0.2)
        (tmp_path / "site" / "new.html").write_text("x")

    threading.Thread(target=change).start()
    assert _get(port, "/@preview/wait.js")[1] == "location.reload();"
    monkeypatch.setattr(preview, "_PATIENCE", 0.1)
    assert _get(port, "/@preview/wait.js")[1] == ""
