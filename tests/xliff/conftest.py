"""The schemas of XLIFF 2."""

import pathlib
from typing import Any

import pytest
from lxml import etree


class _Local(etree.Resolver):
    """Finds xml.xsd, which the schemas import from the web, beside them."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._folder = folder

    def resolve(self, system_url: str, _public_id: str, context: Any) -> Any:
        """The local copy, for every address that ends in its name."""
        if not system_url.endswith("xml.xsd"):
            return None
        return self.resolve_filename(str(self._folder / "informativeCopiesOf3rdPartySchemas/w3c/xml.xsd"), context)


@pytest.fixture(scope="session")
def schemas(shared: pathlib.Path) -> dict[str, etree.XMLSchema]:
    """The schemas of XLIFF 2.0 and 2.1 with all modules, by version."""
    result = {}
    for version in ("2.0", "2.1"):
        folder = shared / f"suite/xliff/schemas/xliff-{version}"
        parser = etree.XMLParser()
        parser.resolvers.add(_Local(folder))
        result[version] = etree.XMLSchema(etree.parse(folder / "_driver_all.xsd", parser))
    return result
