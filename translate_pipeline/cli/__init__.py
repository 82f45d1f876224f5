"""The command line: one module a command. Nothing is imported here before Ctrl-C and faults have their sentences."""

import errno
import os
import sys
import types

__all__ = ["main"]

_UNWRITTEN = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


def main() -> None:
    """The entry point of the program."""
    sys.excepthook = _unexpected
    _open_standard_streams()
    try:
        from translate_pipeline.cli.group import cli

        cli(prog_name="translate-pipeline")
    except KeyboardInterrupt:
        _leave("Stopped.")
    except OSError as problem:
        # files have sentences of their own: what is left without a name is standard output
        if problem.filename is not None or problem.errno not in _UNWRITTEN:
            raise
        _leave(f"Standard output cannot be written: {problem.strerror}.")


def _open_standard_streams() -> None:
    """Where the caller has closed a standard stream, open nothing in its place: the next file would get its number, and messages for its content."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - it stays open as long as the program runs


def _leave(message: str) -> None:
    """Say why, and end with 1; what is left in the buffer of standard output goes nowhere, so that the interpreter does not complain of it."""
    sys.stderr.write(f"{message}\n")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.exit(1)


def _unexpected(kind: type[BaseException], problem: BaseException, trace: types.TracebackType | None) -> None:
    """Say in a sentence that the fault is ours; --debug shows where."""
    if "--debug" in sys.argv:
        sys.__excepthook__(kind, problem, trace)
    else:
        sys.stderr.write(
            f"This is a fault of translate-pipeline ({kind.__name__}: {problem}). Run the command again with --debug and report it.\n"
        )
