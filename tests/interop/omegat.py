"""OmegaT on the console: a project from files of ours, and what it makes of them."""

import pathlib
import subprocess

__all__ = ["JAR", "make_project", "run"]

JAR = pathlib.Path("/usr/share/omegat/OmegaT.jar")
_FOLDERS = ("source", "target", "omegat", "glossary", "tm/auto", "dictionary")
_PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>EN</source_lang><target_lang>DE</target_lang><sentence_seg>false</sentence_seg>
<support_default_translations>true</support_default_translations><remove_tags>false</remove_tags>
</project></omegat>
"""


def make_project(folder: pathlib.Path, files: dict[str, bytes]) -> None:
    """An OmegaT project with the given source files."""
    for name in _FOLDERS:
        (folder / name).mkdir(parents=True)
    (folder / "omegat.project").write_text(_PROJECT, "utf-8")
    for name, data in files.items():
        (folder / "source" / name).write_bytes(data)


def run(folder: pathlib.Path, mode: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run OmegaT over a project. The jar is called directly, since the wrapper does not quote its arguments."""
    home = folder.parent / f"{folder.name}-home"
    command = ["java", f"-Duser.home={home}", "-Djava.awt.headless=true", "-jar", str(JAR), str(folder), f"--mode={mode}", *options]
    common = [f"--config-dir={home}/config", "--no-team", "--disable-project-locking", "--quiet"]
    return subprocess.run([*command, *common], capture_output=True, text=True, timeout=300, check=False)
