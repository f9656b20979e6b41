"""``python -m adapters.slack``: Slack alone."""

import sys

from adapters.cli import main

sys.exit(main(["run", "--only", "slack"]))
