"""The store in one SQLite file, shared by every process on the host."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.errors import StartError

log = logging.getLogger(__name__)

CLAIM_LASTS = 86_400.0  # seconds; Slack stops redelivering after an hour, a missed gateway resume is shorter
BUSY = 2.0  # seconds to wait for another process that is writing
KEPT_FOR = 90  # days that a gap is remembered
KEPT_LENGTH = 300  # characters of a question that are kept
KEPT_A_DAY = 500  # different questions kept of one day; more are only counted

_SCHEMA = """
CREATE TABLE IF NOT EXISTS claims (identity TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS claims_by_age ON claims (at);
CREATE TABLE IF NOT EXISTS gaps (day TEXT NOT NULL, question TEXT NOT NULL, times INTEGER NOT NULL,
    PRIMARY KEY (day, question)) WITHOUT ROWID;
"""


class Store:
    """Messages taken up, so that each is answered once; and questions that found no answer.

    Of a gap only the day and a count are kept, unless ``keep_questions``: then its words, too. Nothing else a
    person writes is ever stored. Safe to use from several threads and processes.
    """

    def __init__(self, path: Path | str, *, keep_questions: bool = False) -> None:
        """Open or create the file; ``:memory:`` keeps all of it in memory. Raises StartError where it cannot."""
        self._keep_questions = keep_questions
        self._lock = threading.Lock()
        try:
            self._db = sqlite3.connect(path, timeout=BUSY, isolation_level=None, check_same_thread=False)
        except sqlite3.Error as error:
            raise _unopened(path, error) from error
        try:
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.executescript(_SCHEMA)
        except sqlite3.Error as error:
            self._db.close()
            raise _unopened(path, error) from error

    def claim(self, identity: str) -> bool:
        """True for the first caller with this identity within a day, False for later ones, here or elsewhere."""
        now = time.time()
        with self._lock:
            self._db.execute("DELETE FROM claims WHERE at < ?", (now - CLAIM_LASTS,))
            taken = self._db.execute("INSERT OR IGNORE INTO claims VALUES (?, ?)", (identity, now))
            return taken.rowcount == 1

    def record(self, question: str) -> None:
        """Count one unanswered question of today. What cannot be written down is logged: the answer matters more."""
        today = datetime.now(UTC).date()
        oldest = today - timedelta(days=KEPT_FOR)
        try:
            with self._lock:
                self._db.execute("DELETE FROM gaps WHERE day < ?", (oldest.isoformat(),))
                self._db.execute(
                    "INSERT INTO gaps VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET times = times + 1",
                    (today.isoformat(), self._words_kept(question, today.isoformat())),
                )
        except sqlite3.Error as error:
            log.warning("a gap could not be written down: %s", error)

    def _words_kept(self, question: str, day: str) -> str:
        """The words of a question, as one printable line; "" where they are not kept."""
        if not self._keep_questions:
            return ""
        ((kept,),) = self._db.execute("SELECT count(*) FROM gaps WHERE day = ?", (day,))
        printable = "".join(character if character.isprintable() else " " for character in question)
        return " ".join(printable.split())[:KEPT_LENGTH] if kept < KEPT_A_DAY else ""

    def gaps(self) -> tuple[tuple[str, str, int], ...]:
        """Day, words ("" where they were not kept) and count of the questions that found no answer, by day."""
        with self._lock:
            return tuple(self._db.execute("SELECT day, question, times FROM gaps ORDER BY day, question"))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()


def _unopened(path: Path | str, error: sqlite3.Error) -> StartError:
    mend = "Give CNK_STORE a file that this account may write."
    return StartError(f"The store {path} cannot be opened: {error}. {mend}", os.EX_IOERR)


def keeps(*, keep_questions: bool) -> tuple[str, ...]:
    """What a Store keeps, in words for the people it keeps it of."""
    questions = (
        f"the words of questions I could not answer, for {KEPT_FOR} days"
        if keep_questions
        else "how many questions went unanswered"
    )
    return (
        f"I store {questions}, and for a day the ids of messages I have answered.",
        "I remember the last question of a conversation for half an hour, in memory only, for follow-ups.",
        "I store no other message text, no names, and nothing of what I am not asked."
        if keep_questions
        else "I store no message text, no names, and nothing of what I am not asked.",
    )
