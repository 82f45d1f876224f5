"""The recipe of the starter packages: prepare, train, convert, evaluate. Not part of the installed program."""
