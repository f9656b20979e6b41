"""Words of other languages -> the English words that the record is written in.

A small lexicon and no translation: enough for the subject of a question, its question word and its time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from knowledge.text import is_cjk, words

_LONGEST = 4  # words of an entry in an alphabet, such as Corea del Norte

Table = Mapping[str, str]  # normalised words of another language -> English ones, both joined by spaces


def table(entries: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The table of a content's lexicon: English words -> the same in any other language."""
    return {" ".join(words(other)): " ".join(words(english)) for english, others in entries.items() for other in others}


class Lexicon:
    """English words by what they are called elsewhere; what stands for a stop word is passed over."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._most = max((len(other) for other in table if is_cjk(other[:1])), default=0)  # characters inside a run

    def of_runs(self, tokens: Iterable[str]) -> list[str]:
        """These words, with what is known of each Chinese, Japanese or Korean run in English, the longest first."""
        return [word for token in tokens for word in (self._of_run(token) if is_cjk(token[:1]) else (token,))]

    def _of_run(self, run: str) -> Iterator[str]:
        place = free = 0  # free: where the part begins that is in no entry
        while place < len(run):
            for length in range(min(self._most, len(run) - place), 0, -1):
                english = self._table.get(run[place : place + length])
                if english is not None:
                    if free < place:
                        yield run[free:place]
                    yield from english.split()
                    place = free = place + length
                    break
            else:
                place += 1
        if free < place:
            yield run[free:place]

    def of_words(self, tokens: Sequence[str], known: Callable[[str], bool]) -> Iterator[str]:
        """These words, with those in English that are in the lexicon and not ``known``, the longest entry first."""
        is_known = list(map(known, tokens))
        place = 0
        while place < len(tokens):
            for count in range(_LONGEST, 0, -1):
                if all(is_known[place : place + count]):
                    continue
                english = self._table.get(" ".join(tokens[place : place + count]))
                if english is not None:
                    yield from english.split()
                    place += count
                    break
            else:
                yield tokens[place]
                place += 1
