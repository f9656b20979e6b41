"""``python -m knowledge FOLDER CACHE``: read a content folder into the cache. Ends with 1 where it cannot be used."""

from __future__ import annotations

import sys
from pathlib import Path

from knowledge.base import KnowledgeBase
from knowledge.errors import ContentError

if __name__ == "__main__":
    try:
        KnowledgeBase.keep(Path(sys.argv[1]), Path(sys.argv[2]))
    except (ContentError, OSError):
        sys.exit(1)
