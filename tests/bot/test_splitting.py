from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.splitting import pack, split


def without_space(text: str) -> str:
    return "".join(text.split())


@given(st.text(max_size=400), st.integers(min_value=1, max_value=60))
def test_pieces_keep_the_limit_and_lose_nothing_but_space(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert without_space("".join(pieces)) == without_space(text)


def test_a_text_at_the_limit_is_one_piece_and_one_over_is_two() -> None:
    text = "One sentence. Another one."
    assert split(text, len(text)) == (text,)
    assert split(text, len(text) - 1) == ("One sentence.", "Another one.")


def test_cuts_fall_between_sentences_then_words_then_letters() -> None:
    assert split("Aa bb. Cc dd. Ee", 13) == ("Aa bb. Cc dd.", "Ee")
    assert split("aaa bbb ccc", 7) == ("aaa bbb", "ccc")
    assert split("abcdefgh", 3) == ("abc", "def", "gh")


def test_chinese_sentences_are_cut_where_they_end() -> None:
    assert split("中国支持朝鲜。美国反对。", 8) == ("中国支持朝鲜。", "美国反对。")


def test_nothing_is_put_between_chinese_sentences() -> None:
    assert split("一。二。三四五六。", 5) == ("一。二。", "三四五六。")


def test_size_is_measured_the_way_the_platform_measures() -> None:
    def escaped(text: str) -> int:
        return len(text.replace("&", "&amp;"))

    assert all(escaped(piece) <= 10 for piece in split("a & b & c & d & e", 10, escaped))


@pytest.mark.parametrize(("limit", "packed"), [(5, ("a\nb\nc",)), (4, ("a\nb", "c")), (1, ("a", "b", "c"))])
def test_neighbours_are_joined_while_they_fit(limit: int, packed: tuple[str, ...]) -> None:
    assert pack(["a", "b", "c"], limit) == packed


def test_a_piece_over_the_limit_stands_alone() -> None:
    assert pack(["a", "bbbbbb", "c"], 3) == ("a", "bbbbbb", "c")
