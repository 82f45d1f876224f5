"""Files: found, named, locked, written whole."""

import errno
import os
import pathlib

import pytest

from translate_pipeline.errors import InputError, LockedError, SlugError, UsageError, WorkspaceError
from translate_pipeline.workspace import Article, Workspace, find_articles, slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("plain", "plain"),
        ("Two words", "Two-words"),
        ("ﬁn① année", "fin1-année"),
        ("../../etc/passwd", "etc-passwd"),
        (".hidden", "hidden"),
        ("Статья 5", "Статья-5"),
        ("a" * 200, "a" * 80),
        ("x\u202ey\x00z", "x-y-z"),
    ],
)
def test_slug_is_safe_in_file_names(name: str, slug: str) -> None:
    """A slug is NFKC, at most 80 characters, and no path."""
    assert slug_of(name) == slug


@pytest.mark.parametrize("name", ["", "...", "///", "\u202e"])
def test_slug_refuses_names_without_letters(name: str) -> None:
    """A name of which nothing is left asks for --slug."""
    with pytest.raises(SlugError, match="--slug"):
        slug_of(name)


def test_find_articles_in_directories(tmp_path: pathlib.Path) -> None:
    """A directory stands for all text and HTML files below it; hidden ones and others are left alone; originals are relative to the settings."""
    for name in ["b.txt", "sub/a.html", ".hidden/c.txt", "image.png"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    articles = find_articles([str(tmp_path)], root=tmp_path)
    assert [(article.slug, article.original) for article in articles] == [("b", "b.txt"), ("a", "sub/a.html")]


def test_original_outside_the_settings_is_a_bare_name(tmp_path: pathlib.Path) -> None:
    """No output depends on where somebody's home lies."""
    (tmp_path / "a.txt").write_text("x")
    (article,) = find_articles([str(tmp_path / "a.txt")], root=tmp_path / "elsewhere")
    assert article.original == "a.txt"


def test_find_articles_refuses_equal_stems(tmp_path: pathlib.Path) -> None:
    """Two articles that would share a slug, compared without case, are refused by both names."""
    for name in ["x/News.txt", "y/news.html"]:
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("x")
    with pytest.raises(SlugError, match=r"y/news.html and x/News.txt would both be called 'News'"):
        find_articles([str(tmp_path)], root=tmp_path)


def test_find_articles_explains_what_is_missing(tmp_path: pathlib.Path) -> None:
    """A missing file, an empty directory, standard input without a name and a slug for several files each get a sentence."""
    missing, empty = find_articles([str(tmp_path / "none.txt"), str(tmp_path)], root=tmp_path)
    with pytest.raises(InputError, match=r"none\.txt: no such file"):
        missing.read()
    with pytest.raises(InputError, match="no articles in this directory"):
        empty.read()
    with pytest.raises(UsageError, match="--slug NAME"):
        find_articles(["-"], root=tmp_path, stdin=b"x")
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("x")
    with pytest.raises(UsageError, match="one article"):
        find_articles([str(tmp_path)], root=tmp_path, slug="s")


def test_what_cannot_be_named_does_not_stop_the_others(tmp_path: pathlib.Path) -> None:
    """A name of spaces or one that is too long is a problem of its own article; bytes that are no UTF-8 are none at all."""
    for name in [b" .txt", b"good.txt", b"caf\xe9.txt"]:
        pathlib.Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("x")
    articles = find_articles([str(tmp_path), "x" * 5000], root=tmp_path)
    assert [(article.slug, article.original) for article in articles[:3]] == [("", " .txt"), ("caf", "caf\ufffd.txt"), ("good", "good.txt")]
    assert " .txt: ' ' gives no name" in articles[0].problem
    assert "cannot be read: File name too long" in articles[3].problem


def test_a_file_that_is_named_twice_is_taken_once(tmp_path: pathlib.Path) -> None:
    """By its name, by another path to it and by its directory."""
    (tmp_path / "a.txt").write_text("x")
    names = [str(tmp_path / "a.txt"), str(tmp_path / ".." / tmp_path.name / "a.txt"), str(tmp_path)]
    assert len(find_articles(names, root=tmp_path)) == 1


def test_article_refuses_what_is_no_file(tmp_path: pathlib.Path) -> None:
    """Neither a device without an end nor a pipe into which nobody writes is read."""
    os.mkfifo(tmp_path / "pipe.txt")
    for path in ("/dev/zero", str(tmp_path / "pipe.txt")):
        (article,) = find_articles([path], root=tmp_path)
        with pytest.raises(InputError, match="is a pipe or a device"):
            article.read()


def test_article_refuses_what_is_too_large(tmp_path: pathlib.Path) -> None:
    """A file of 100 MB is refused before it is read."""
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(InputError, match="more than an article has"):
        Article(slug="big", original="big.txt", path=path).read()


def test_write_is_whole_and_reports_news(tmp_path: pathlib.Path) -> None:
    """Writing the same bytes again is no news and touches nothing."""
    workspace = Workspace(tmp_path / "out")
    path = workspace.xliff_path("s", "en", "de")
    with workspace.lock("s"):
        assert workspace.write(path, b"one", lock="s")
        before = path.stat().st_mtime_ns
        assert not workspace.write(path, b"one", lock="s")
        assert path.stat().st_mtime_ns == before
        assert workspace.write(path, b"two", lock="s")
    assert path.read_bytes() == b"two"
    assert not list((tmp_path / "out").rglob("*.part"))


def test_write_keeps_the_old_file_when_the_disk_is_full(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is a sentence, and the file is what it was."""
    workspace = Workspace(tmp_path)
    path = workspace.xliff_path("s", "en", "de")
    with workspace.lock("s"):
        workspace.write(path, b"old", lock="s")

        def full(_handle: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(WorkspaceError, match="the disk is full"):
            workspace.write(path, b"new", lock="s")
    assert path.read_bytes() == b"old"
    assert not list(tmp_path.rglob("*.part"))


def test_place_that_cannot_be_written_is_a_sentence(tmp_path: pathlib.Path) -> None:
    """An output directory that is a file is refused with its name."""
    (tmp_path / "out").write_text("a file")
    workspace = Workspace(tmp_path / "out")
    with pytest.raises(WorkspaceError, match="cannot be written"), workspace.lock("s"):
        pass


def test_lock_keeps_others_away_and_clears_leftovers(tmp_path: pathlib.Path) -> None:
    """A second run is refused while the first holds the slug; what a killed one left half written goes away."""
    workspace = Workspace(tmp_path)
    with workspace.lock("News"), pytest.raises(LockedError, match="another run"), Workspace(tmp_path).lock("news"):
        pass
    leftovers = [tmp_path / ".tmp" / name for name in ("news.7.part", "other.7.part")]
    for path in leftovers:
        path.write_bytes(b"half")
    with workspace.lock("news"):
        assert [path.exists() for path in leftovers] == [False, True]


@pytest.mark.parametrize("name", ["../x.html", "/etc/x.html", "a/../../x.html", ".htaccess", "a/.git/x"])
def test_site_holds_no_way_out(tmp_path: pathlib.Path, name: str) -> None:
    """Pages stay inside the site and are no dot files."""
    workspace = Workspace(tmp_path)
    with pytest.raises(WorkspaceError, match="no place for a page"):
        workspace.write_site([(name, b"x")], lock="s")
    assert not list(tmp_path.rglob("x*"))


def test_remove_takes_empty_directories_along(tmp_path: pathlib.Path) -> None:
    """Removing the last page of an article removes its folder, and no more."""
    workspace = Workspace(tmp_path)
    workspace.write_site([], lock="s")
    (first, second) = workspace.write_site([("a/x.html", b"x"), ("b.html", b"x")], lock="s")
    workspace.remove(first)
    assert not first.parent.exists()
    assert second.exists()
