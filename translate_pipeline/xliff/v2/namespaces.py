"""The namespaces of XLIFF 2 and its modules."""

__all__ = ["CORE", "CORE_22", "GLOSSARY", "ITS", "MATCHES", "METADATA", "SPACE"]

CORE = "urn:oasis:names:tc:xliff:document:2.0"
CORE_22 = "urn:oasis:names:tc:xliff:document:2.2"
GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"
ITS = "http://www.w3.org/2005/11/its"
MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
