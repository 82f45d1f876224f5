"""mt.install, against an index on this machine."""

import functools
import http.server
import json
import pathlib
import threading
from collections.abc import Callable, Iterator

import pytest

from translate_pipeline.errors import MissingPackageError, PackageError
from translate_pipeline.mt.install import available, index_url, install_file, install_pair, remove
from translate_pipeline.mt.packages import given, installed

Make = Callable[..., pathlib.Path]
Pack = Callable[[pathlib.Path], pathlib.Path]
pytestmark = pytest.mark.enable_socket


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """No lines between the dots of the tests."""

    def do_GET(self) -> None:
        """A file; but half of it if the name says so."""
        if "broken" not in self.path:
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"half")


@pytest.fixture
def server(tmp_path: pathlib.Path) -> Iterator[tuple[str, pathlib.Path]]:
    """An address on the loopback interface and the folder behind it."""
    folder = tmp_path / "served"
    folder.mkdir()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder))) as httpd:
        threading.Thread(target=httpd.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}", folder
        httpd.shutdown()


def publish(server: tuple[str, pathlib.Path], make: Make, pack: Pack, pairs: list[tuple[str, str, str]]) -> str:
    """Put packages and their index on the server, and return the address of the index."""
    url, folder = server
    entries: list[dict[str, object]] = [
        {"type": "sbd", "from_codes": ["en"]},
        {"from_code": "!", "to_code": "de", "package_version": "1", "links": []},
    ]
    for source, target, version in pairs:
        name = f"{source}_{target}-{version}"
        file = pack(make(name, source, target, version=version))
        file.rename(folder / file.name)
        links = ["ipfs://nothing", f"{url}/gone", f"{url}/{file.name}"]
        entries.append({"from_code": source, "to_code": target, "package_version": version, "links": links})
    (folder / "index.json").write_text(json.dumps(entries))
    return f"{url}/index.json"


def test_the_index_lists_the_newest_of_each_pair(server: tuple[str, pathlib.Path], make: Make, pack: Pack) -> None:
    """What is no translation package is passed over."""
    url = publish(server, make, pack, [("en", "de", "1.9"), ("en", "de", "1.10"), ("en", "zt", "1.0")])
    assert [(offer.target_language, offer.version) for offer in available(url)] == [("de", "1.10"), ("zh-Hant", "1.0")]


def test_a_pair_is_fetched_and_installed(bare: pathlib.Path, server: tuple[str, pathlib.Path], make: Make, pack: Pack) -> None:
    """Over a link that works, with progress, and a chain where there is no direct package; what is there is not fetched again."""
    url = publish(server, make, pack, [("de", "en", "1.0"), ("en", "ru", "1.0"), ("ru", "kk", "1.0")])
    seen: list[tuple[int, int | None]] = []
    found = install_pair("de", "kk", url=url, progress=lambda done, total: seen.append((done, total)))
    assert [package.name for package in found] == ["de_en-1.0", "en_ru-1.0", "ru_kk-1.0"]
    assert {package.path.parent for package in found} == {bare}
    assert seen[-1][0] == seen[-1][1]
    seen.clear()
    assert install_pair("de", "kk", url=url, progress=lambda done, total: seen.append((done, total))) == found
    assert seen == []


@pytest.mark.usefixtures("bare")
def test_what_the_index_lacks_is_one_sentence(server: tuple[str, pathlib.Path], make: Make, pack: Pack) -> None:
    """It names the pair and the command that shows what there is."""
    url = publish(server, make, pack, [("de", "en", "1.0")])
    with pytest.raises(MissingPackageError, match=r"from en to kk.*models list --available"):
        install_pair("en", "kk", url=url)


@pytest.mark.parametrize("content", ["", "{}", "<html>", "\x00"])
def test_an_index_that_is_none(server: tuple[str, pathlib.Path], content: str) -> None:
    """It is named, with the setting that leads there."""
    (server[1] / "index.json").write_text(content)
    with pytest.raises(PackageError, match=r"not a package index.*ARGOS_PACKAGE_INDEX"):
        available(f"{server[0]}/index.json")


def test_an_unreachable_index_is_one_sentence(server: tuple[str, pathlib.Path]) -> None:
    """A closed port, a missing file, a connection that breaks, a strange scheme: never a traceback, never a retry for ever."""
    for url in (
        "http://127.0.0.1:9/index.json",
        f"{server[0]}/nothing",
        f"{server[0]}/broken",
        "file:///etc/passwd",
        "http://[",
        "https://",
    ):
        with pytest.raises(PackageError) as caught:
            available(url)
        assert len(caught.value.problems) == 1
        assert "\n" not in str(caught.value)


def test_the_address_is_argos_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """ARGOS_PACKAGE_INDEX is a folder, with or without a slash."""
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", "https://example.org/index")
    assert index_url() == "https://example.org/index/index.json"
    monkeypatch.delenv("ARGOS_PACKAGE_INDEX")
    assert index_url().endswith("/argospm-index/main/index.json")


@pytest.mark.usefixtures("bare")
def test_files_are_installed_and_removed(make: Make, pack: Pack) -> None:
    """All versions of a pair go; what is not there cannot be removed."""
    for version in ("1.0", "1.1"):
        install_file(pack(make(f"en_de-{version}", "en", "de", version=version)))
    other = install_file(pack(make("de_en", "de", "en")))
    assert [package.version for package in remove("en", "de")] == ["1.1", "1.0"]
    assert installed() == (other,)
    with pytest.raises(MissingPackageError, match="`translate-pipeline models list`"):
        remove("en", "de")


@pytest.mark.usefixtures("bare")
def test_a_file_that_says_nonsense_is_not_installed(make: Make, pack: Pack) -> None:
    """What was installed under its name stays."""
    good = install_file(pack(make("x", "en", "de")))
    folder = good.path.parents[6] / "again"
    with pytest.raises(PackageError, match="not a package for translating"):
        install_file(pack(make("x", "en", "de", within=folder, type="sbd")))
    assert installed() == (good,)


def test_a_file_is_blamed_by_its_own_name(bare: pathlib.Path, make: Make, pack: Pack) -> None:
    """What is wrong inside a package file is said of the file, not of the place where it was looked at."""
    folder = make("wrong", "en", "de")
    (folder / "metadata.json").write_text("[]")
    file = pack(folder)
    for take in (install_file, given):
        with pytest.raises(PackageError) as caught:
            take(file)
        assert str(caught.value).startswith(f"{file}: ")
        assert ".unpacking" not in str(caught.value)
    assert not list(bare.iterdir())
