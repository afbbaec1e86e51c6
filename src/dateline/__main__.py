"""`python -m dateline` is the command `dateline`."""

from dateline.cli.main import run

run()
