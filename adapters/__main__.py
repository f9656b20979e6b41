"""``cnk``: the way in. It does no more than import the rest, so that Ctrl-C during that ends in words, too."""

from __future__ import annotations

import signal
import sys


def main() -> int:
    """Run the command line and give its exit code."""
    try:
        from adapters.cli import main as run
    except KeyboardInterrupt:
        print("cnk: Stopped.", file=sys.stderr)
        return 128 + signal.SIGINT
    return run()


if __name__ == "__main__":
    sys.exit(main())
