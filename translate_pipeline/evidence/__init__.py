"""Facts about a source and its target, shared by guards, checks and the importer."""
