"""mt.archive: hostile and damaged archives are refused, and leave nothing behind."""

import io
import pathlib
import stat
import zipfile
from collections.abc import Callable

import pytest

from translate_pipeline.errors import PackageError
from translate_pipeline.mt.archive import MAX_FILES, unpack

GOOD = {
    "translate-en_de-1_0/metadata.json": b"{}",
    "translate-en_de-1_0/model/model.bin": b"weights",
    "translate-en_de-1_0/bpe.model": b"codes",
}
TOP = "translate-en_de-1_0"


def archive(folder: pathlib.Path, files: dict[str, bytes], change: Callable[[zipfile.ZipFile], None] = lambda _: None) -> pathlib.Path:
    """An archive with the files, and whatever `change` adds."""
    path = folder / "package.argosmodel"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
        change(file)
    return path


def entry(name: str, *, mode: int = 0) -> Callable[[zipfile.ZipFile], None]:
    """What adds an entry with that name and file mode."""

    def change(file: zipfile.ZipFile) -> None:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        file.writestr(info, "/etc/passwd")

    return change


def test_a_package_is_unpacked_with_progress(tmp_path: pathlib.Path) -> None:
    """Every file arrives, progress ends at the total, and nothing else is left in the folder."""
    seen: list[tuple[int, int | None]] = []
    checked: list[pathlib.Path] = []
    path = unpack(
        archive(tmp_path, GOOD), tmp_path / "there", check=checked.append, progress=lambda done, total: seen.append((done, total))
    )
    assert path == tmp_path / "there" / TOP
    assert {f"{TOP}/{p.relative_to(path)}": p.read_bytes() for p in path.rglob("*") if p.is_file()} == GOOD
    total = sum(map(len, GOOD.values()))
    assert seen[-1] == (total, total)
    assert [p.name for p in (tmp_path / "there").iterdir()] == [TOP]
    assert [p.name for p in checked] == [TOP]


def test_a_package_of_the_same_name_is_replaced(tmp_path: pathlib.Path) -> None:
    """The new one stands alone: no file of the old one remains."""
    unpack(archive(tmp_path, {**GOOD, f"{TOP}/old": b""}), tmp_path / "there", check=str)
    path = unpack(archive(tmp_path, GOOD), tmp_path / "there", check=str)
    assert not (path / "old").exists()


def test_an_objection_of_the_caller_keeps_the_old_package(tmp_path: pathlib.Path) -> None:
    """What `check` refuses is not installed, and what was there stays."""
    old = unpack(archive(tmp_path, {**GOOD, f"{TOP}/old": b""}), tmp_path / "there", check=str)

    def refuse(_: pathlib.Path) -> None:
        raise PackageError("no")

    with pytest.raises(PackageError, match=r"^no$"):
        unpack(archive(tmp_path, GOOD), tmp_path / "there", check=refuse)
    assert (old / "old").exists()
    assert [p.name for p in (tmp_path / "there").iterdir()] == [TOP]


@pytest.mark.parametrize(
    "change",
    [
        entry("../evil"),
        entry("/etc/evil"),
        entry(f"{TOP}/../../evil"),
        entry(f"{TOP}/./evil"),
        entry("C:\\evil"),
        entry(f"{TOP}/a\\..\\evil"),
        entry(f"{TOP}/new\nline"),
        entry(".hidden/evil"),
        entry(f"{TOP}/{'x' * 300}"),
        entry(f"{TOP}/link", mode=stat.S_IFLNK | 0o777),
        entry(f"{TOP}/device", mode=stat.S_IFCHR | 0o777),
        entry(f"{TOP}/METADATA.json"),
        entry("second/folder"),
        entry("beside"),
        lambda file: file.writestr(f"{TOP}/bomb", bytes(20_000_000)),
        lambda file: [file.writestr(f"{TOP}/{number}", "") for number in range(MAX_FILES)] and None,
    ],
)
def test_hostile_archives_are_refused(tmp_path: pathlib.Path, change: Callable[[zipfile.ZipFile], None]) -> None:
    """Paths outside, links, devices, doubled names, second folders, bombs and floods: one sentence, and nothing is written."""
    folder = tmp_path / "deep" / "there"
    with pytest.raises(PackageError, match=r"refused|not an Argos package") as caught:
        unpack(archive(tmp_path, GOOD, change), folder, check=str)
    assert len(caught.value.problems) == 1
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["deep", "package.argosmodel", "there"]


@pytest.mark.parametrize("missing", sorted(GOOD))
def test_parts_must_be_there(tmp_path: pathlib.Path, missing: str) -> None:
    """Metadata, weights and a tokenizer make a package."""
    with pytest.raises(PackageError, match="is missing"):
        unpack(archive(tmp_path, {name: data for name, data in GOOD.items() if name != missing}), tmp_path / "there", check=str)


def test_a_damaged_archive_is_one_sentence(tmp_path: pathlib.Path) -> None:
    """A cut, a flipped bit, a file that is no archive, and none at all."""
    whole = archive(tmp_path, {**GOOD, f"{TOP}/more": bytes(range(256)) * 50}).read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 0xFF
    for data in (whole[: len(whole) // 2], bytes(flipped), b"", b"PK\x03\x04 no", b"text"):
        broken = tmp_path / "broken.argosmodel"
        broken.write_bytes(data)
        with pytest.raises(PackageError, match=r"broken\.argosmodel"):
            unpack(broken, tmp_path / "there", check=str)
    with pytest.raises(PackageError, match="no such file"):
        unpack(tmp_path / "nowhere", tmp_path / "there", check=str)
    assert list((tmp_path / "there").iterdir()) == []


def test_an_encrypted_entry_is_refused(tmp_path: pathlib.Path) -> None:
    """Python cannot write one, so the flag is set by hand."""
    data = bytearray(archive(tmp_path, GOOD).read_bytes())
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    path = tmp_path / "locked.argosmodel"
    path.write_bytes(data)
    assert zipfile.ZipFile(io.BytesIO(data)).infolist()[0].flag_bits & 1
    with pytest.raises(PackageError, match="encrypted"):
        unpack(path, tmp_path / "there", check=str)
