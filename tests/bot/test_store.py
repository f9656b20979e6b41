from __future__ import annotations

import threading
from pathlib import Path

import pytest

from bot.errors import StartError
from bot.store.sqlite import CLAIM_LASTS, Store, keeps


def test_a_message_is_claimed_once(store: Store) -> None:
    assert store.claim("slack:T:C:1")
    assert not store.claim("slack:T:C:1")
    assert store.claim("slack:T:C:2")


def test_a_claim_outlives_a_restart_and_is_seen_by_another_process(tmp_path: Path) -> None:
    old, new = Store(tmp_path / "cnk.db"), Store(tmp_path / "cnk.db")
    assert old.claim("a")
    assert not new.claim("a")
    old.close()
    new.close()
    again = Store(tmp_path / "cnk.db")
    assert not again.claim("a")
    again.close()


def test_of_many_at_once_one_wins(tmp_path: Path) -> None:
    stores = [Store(tmp_path / "cnk.db") for _ in range(4)]
    won: list[bool] = []
    threads = [threading.Thread(target=lambda each=each: won.append(each.claim("a"))) for each in stores * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for each in stores:
        each.close()
    assert sorted(won) == [False] * 11 + [True]


def test_old_claims_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "cnk.db")
    assert store.claim("a")
    later = __import__("time").time() + CLAIM_LASTS + 1
    monkeypatch.setattr("bot.store.sqlite.time.time", lambda: later)
    assert store.claim("a")
    store.close()


def test_a_gap_is_counted_without_its_words() -> None:
    store = Store(":memory:")
    store.record("who is my boss?")
    store.record("where is my boss?")
    ((_, words, times),) = store.gaps()
    assert (words, times) == ("", 2)
    store.close()


def test_a_gap_keeps_its_words_where_the_host_asked_for_that(store: Store) -> None:
    store.record("who  is\nmy boss?")
    store.record("who is my boss?")
    ((_, words, times),) = store.gaps()
    assert (words, times) == ("who is my boss?", 2)


def test_no_words_of_a_person_are_in_the_file(tmp_path: Path) -> None:
    store = Store(tmp_path / "cnk.db")
    store.record("a very secret question")
    store.claim("slack:T1:C1:1.0")
    store.close()
    assert not any(b"secret" in file.read_bytes() for file in tmp_path.iterdir())


def test_a_store_that_cannot_be_opened_says_which_setting_to_mend(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="CNK_STORE"):
        Store(tmp_path / "missing" / "cnk.db")


def test_a_file_that_is_no_store_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "cnk.db").write_text("not a database, but a letter to a friend" * 100)
    with pytest.raises(StartError, match=r"cannot be opened"):
        Store(tmp_path / "cnk.db")


def test_what_is_kept_is_said() -> None:
    assert "no message text" in " ".join(keeps(keep_questions=False))
    assert "the words of questions" in " ".join(keeps(keep_questions=True))
