"""The site on a loopback address, for looking only; a page that lies open is loaded again when files change."""

import http.server
import mimetypes
import pathlib
import time
import urllib.parse

__all__ = ["server"]

_PREFIX = "/@preview/"
_RELOAD = b"""addEventListener("load", function wait() {
  const script = document.createElement("script");
  script.src = "/@preview/wait.js?at=" + Date.now();
  script.onload = () => { script.remove(); wait(); };
  document.head.append(script);
});
"""
_PATIENCE = 20.0
_PAUSE = 0.5


class _Handler(http.server.BaseHTTPRequestHandler):
    """Answers GET and HEAD for files below the site; nothing else is there."""

    server: "_Server"
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.headers.get("Host", "") not in self.server.names:
            self._answer(403, b"This server answers to its loopback address only.\n", "text/plain; charset=utf-8")
            return
        path = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path)
        if path == f"{_PREFIX}reload.js":
            self._answer(200, _RELOAD, "text/javascript")
        elif path == f"{_PREFIX}wait.js":
            self._answer(200, b"location.reload();" if self._changed() else b"", "text/javascript")
        else:
            self._file(path)

    do_HEAD = do_GET  # noqa: N815 - the name is http.server's

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature is http.server's
        """Silence: whoever looks at pages does not want a line for each."""

    def _file(self, path: str) -> None:
        parts = [part for part in path.split("/") if part]
        place = (
            self.server.site.joinpath(*parts) if not any(part.startswith(".") or "\\" in part or "\0" in part for part in parts) else None
        )
        if place is not None and place.is_dir():
            place = place / "index.html"
        if place is None or not place.is_file() or not place.resolve().is_relative_to(self.server.site):
            self._answer(404, b"There is no such page.\n", "text/plain; charset=utf-8")
            return
        data = place.read_bytes()
        kind = "application/epub+zip" if place.suffix == ".epub" else mimetypes.guess_type(place.name)[0] or "application/octet-stream"
        if kind == "text/html":
            data = data.replace(b"</head>", f'<script src="{_PREFIX}reload.js" defer></script>\n</head>'.encode(), 1)
        self._answer(200, data, f"{kind}; charset=utf-8" if kind.startswith("text/") or kind.endswith("xml") else kind)

    def _answer(self, status: int, data: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "DENY")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _changed(self) -> bool:
        """Wait until the site is another than now, but not for ever."""
        before = _stamp(self.server.site)
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            time.sleep(_PAUSE)
            if _stamp(self.server.site) != before:
                return True
        return False


class _Server(http.server.ThreadingHTTPServer):
    """A server that knows its site and its own names."""

    daemon_threads = True

    def __init__(self, site: pathlib.Path, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.site = site.resolve()
        self.names = frozenset(f"{name}:{self.server_port}" for name in ("127.0.0.1", "localhost"))


def server(site: pathlib.Path, *, port: int = 0) -> _Server:
    """A server for the folder `site` on 127.0.0.1 at `port` (0: any that is free). Requests under another name are refused."""
    return _Server(site, port)


def _stamp(site: pathlib.Path) -> tuple[int, int]:
    """How many files there are, and the time of the newest (nanoseconds)."""
    times = [path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()]
    return len(times), max(times, default=0)
