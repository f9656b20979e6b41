"""``python -m adapters.discord``: Discord alone."""

import sys

from adapters.cli import main

sys.exit(main(["run", "--only", "discord"]))
