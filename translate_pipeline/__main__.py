"""`python -m translate_pipeline` is the command `translate-pipeline`."""

from translate_pipeline.cli import main

main()
