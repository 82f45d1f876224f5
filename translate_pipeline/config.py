"""Settings: the file `translate-pipeline.toml` (found upwards), then the environment, then the options of the command line."""

import dataclasses
import os
import pathlib
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from translate_pipeline.errors import LanguageError, SettingsError
from translate_pipeline.languages import normalise

__all__ = ["FILE_NAME", "QUALITIES", "SEGMENTATIONS", "XLIFF_VERSIONS", "Settings", "load"]

FILE_NAME = "translate-pipeline.toml"
QUALITIES = ("fast", "balanced", "best")
SEGMENTATIONS = ("unit", "mrk")
XLIFF_VERSIONS = ("1.2", "2.0", "2.1")
_ENVIRONMENT_PREFIX = "TRANSLATE_PIPELINE_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run is told. Paths are resolved against the folder of the settings file (`root`), or the working directory without one.

    `base_url`, `site_name` and `site_language` are those of the published site; `theme` is a folder of templates, `look` sets custom
    properties of the style sheet. With `places` the names of countries and languages are terms, too.
    """

    root: pathlib.Path
    output: pathlib.Path = pathlib.Path("output")
    glossaries: pathlib.Path = pathlib.Path("glossaries")
    packages: tuple[pathlib.Path, ...] = ()
    srx: pathlib.Path | None = None
    to: tuple[str, ...] = ()
    quality: str = "balanced"
    xliff: Literal["1.2", "2.0", "2.1"] = "1.2"
    segmentation: Literal["unit", "mrk"] = "unit"
    base_url: str = ""
    site_name: str = ""
    site_language: str = "en"
    theme: pathlib.Path | None = None
    look: tuple[tuple[str, str], ...] = ()
    memory: pathlib.Path | None = None
    places: bool = True

    @property
    def memory_file(self) -> pathlib.Path:
        """Where the translation memory lies: in the output unless another place is set."""
        return self.memory or self.output / "memory.sqlite"


_CHOICES = {"quality": QUALITIES, "xliff": XLIFF_VERSIONS, "segmentation": SEGMENTATIONS}
_KEYS = tuple(item.name for item in dataclasses.fields(Settings) if item.name != "root")


def load(*, file: pathlib.Path | None, start: pathlib.Path, environment: Mapping[str, str], options: Mapping[str, object]) -> Settings:
    """The settings for a command.

    `file` is what --config names (else the nearest `translate-pipeline.toml` in `start` or above it); `options` are those given on the
    command line, under the names of the settings. An environment variable is the name of a setting in capitals behind `TRANSLATE_PIPELINE_`;
    several values are separated as in PATH.

    Raises:
        SettingsError: unknown names, wrong types or values: all of them at once, each with its place.
    """
    path = file or _find(start)
    values: dict[str, object] = {}
    problems: list[str] = []
    if path is not None:
        for name, value in _read(path).items():
            _take(values, problems, name, value, f"{path}")
    for variable, value in sorted(environment.items()):
        if variable.startswith(_ENVIRONMENT_PREFIX):
            name = variable.removeprefix(_ENVIRONMENT_PREFIX).lower()
            if name in _KEYS:
                _take(
                    values,
                    problems,
                    name,
                    value.split(os.pathsep) if name in {"packages", "to"} else value,
                    f"environment variable {variable}",
                )
    if problems:
        raise SettingsError(*problems)
    root = path.resolve().parent if path is not None else start
    given = {name: value for name, value in options.items() if value not in (None, ())}
    settings = Settings(root=root, **values)  # type: ignore[arg-type]
    settings = dataclasses.replace(
        settings,
        output=root / settings.output,
        glossaries=root / settings.glossaries,
        packages=tuple(root / package for package in settings.packages),
        srx=root / settings.srx if settings.srx else None,
        theme=root / settings.theme if settings.theme else None,
        memory=root / settings.memory if settings.memory else None,
    )
    return dataclasses.replace(settings, **given)  # type: ignore[arg-type]


def _find(start: pathlib.Path) -> pathlib.Path | None:
    folders = [start.resolve(), *start.resolve().parents]
    return next((folder / FILE_NAME for folder in folders if (folder / FILE_NAME).is_file()), None)


def _read(path: pathlib.Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise SettingsError(f"{path}: cannot be read: {problem.strerror}.") from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise SettingsError(f"{path}: not valid TOML: {problem}.") from problem
    except RecursionError as problem:
        raise SettingsError(
            f"{path}: has values inside each other that are too deep to be read. No setting needs more than a list."
        ) from problem


def _take(values: dict[str, object], problems: list[str], name: str, value: object, place: str) -> None:
    """Check one value and put it into `values`, or say in `problems` what is wrong with it."""
    if name not in _KEYS:
        problems.append(f"{place}: unknown setting {name!r}. Known are {', '.join(_KEYS)}.")
        return
    try:
        values[name] = _READERS.get(name, _choice)(name, value)
    except SettingsError as problem:
        problems.append(f"{place}: {problem}")


def _choice(name: str, value: object) -> object:
    if _words(name, value) not in _CHOICES[name]:
        raise SettingsError(f"{name} is {value!r}; it can be {', '.join(_CHOICES[name])}.")
    return value


def _path(name: str, value: object) -> pathlib.Path:
    if not isinstance(value, str) or not value:
        raise SettingsError(f"{name} must be a path in quotes.")
    if "\0" in value:
        raise SettingsError(f"{name} is {value!r}; no path has a zero character.")
    return pathlib.Path(value)


def _words(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise SettingsError(f"{name} must be text in quotes.")
    return value


def _texts(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise SettingsError(f"{name} must be a list of strings.")
    return tuple(value)


def _tag(name: str, value: object) -> str:
    try:
        return normalise(_words(name, value))
    except LanguageError as problem:
        raise SettingsError(f"{name}: {problem}") from problem


def _switch(name: str, value: object) -> bool:
    known = {True: True, False: False, "true": True, "false": False}
    if not isinstance(value, bool | str) or value not in known:
        raise SettingsError(f"{name} is {value!r}; it can be true or false.")
    return known[value]


def _look(name: str, value: object) -> object:
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise SettingsError(f'{name} must be a table of texts, such as accent = "#8a2b1d".')
    return tuple(value.items())


_READERS: Mapping[str, Callable[[str, object], object]] = {
    "output": _path,
    "glossaries": _path,
    "srx": _path,
    "theme": _path,
    "memory": _path,
    "packages": lambda name, value: tuple(_path(name, item) for item in _texts(name, value)),
    "to": lambda name, value: tuple(_tag(name, item) for item in _texts(name, value)),
    "base_url": _words,
    "site_name": _words,
    "site_language": _tag,
    "look": _look,
    "places": _switch,
}
