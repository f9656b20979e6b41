"""Text for searching: normalising and words. One place, used alike for what is indexed and what is asked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import unquote

import Stemmer

_STEM = Stemmer.Stemmer("english").stemWord

_QUOTES = dict.fromkeys(map(ord, "‘’‛ʼ′`´＇"), "'")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-")
_TABLE = {**_QUOTES, **_DASHES}

# A dotted abbreviation, a number with separators, a word or number, or a run of Han, kana or Hangul.
_CJK = r"\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003134f"
_PIECE = re.compile(rf"(?:[a-z]\.){{2,}}|\d{{1,3}}(?:,\d{{3}})+|[^\W_{_CJK}]+(?:'[^\W_{_CJK}]+)*|[{_CJK}]+")
_CJK_RUN = re.compile(rf"[{_CJK}]+")

_ADDRESS = re.compile(r"https?://\S+")
_SYMBOL = re.compile(
    r"(?:\bs/res/|\bunsc?r[\s-]*|\bunsc res(?:olution)?[\s-]*|\bres\.?\s*)(\d{1,4})\b(?:\s*\(\d{4}\))?"
)

LONGEST = 2_000  # characters of a question that are looked at; a chat message holds as many

# Words that carry no subject: left out of index and query alike.
STOP_WORDS = frozenset(
    """
    a about above actually again against ah all also am an and any anyone anything are as at be because been
    being between both but by can could did didnt do does doesnt doing dont down during each eg etc even ever
    everyone explain few for from further get give got had has have having he hello her here hers hey hi him
    his how hows i if im in into is isnt it its itself ive just know ll lot m many may maybe me might mine
    more most much must my myself no nor not now of off oh ok okay on once one only or other our ours out over
    own per please quite re really s same shall she should show so some someone something still such t tell
    than thank thanks that thats the their theirs them themselves then there these they thing things this
    those though through thus to too under until up upon us ve very was wasnt we were werent what whats
    whatever when where which while who whom whose why whys will with would yet you your yours
    """.split()
)


def normalise(text: str) -> str:
    """Fold spelling differences that never matter: width, case, accents on Latin letters, dash and quote shapes,
    invisible characters. Takes any text; looks at its first LONGEST characters."""
    text = unicodedata.normalize("NFKC", text[:LONGEST]).translate(_TABLE).casefold()
    return "".join(_bare(character) for character in text)


@lru_cache(maxsize=4096)
def _bare(character: str) -> str:
    """A character without its accents; nothing for one that cannot be seen."""
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Cs", "Co"):
        return ""
    if category == "Cc":
        return " "
    base = unicodedata.normalize("NFD", character)[0]
    return base if base.isascii() else character


def words(text: str) -> list[str]:
    """The words of a text, normalised, in order; stop words stay in, CJK runs stay whole.

    ``U.N.`` gives ``un``, ``1,234`` gives ``1234``, ``China's`` gives ``china``. However a resolution is
    referred to (``S/RES/1718 (2006)``, ``UNSCR 1718``, a link to the document), it gives
    ``resolution 1718``; any other address gives nothing.
    """
    text = _ADDRESS.sub(_document, normalise(text))
    return [_plain(piece) for piece in _PIECE.findall(_SYMBOL.sub(r" resolution \1 ", text))]


def _document(address: re.Match[str]) -> str:
    """What an address says of its document: the symbol, or nothing."""
    symbol = _SYMBOL.search(unquote(address[0]))
    return symbol[0] if symbol else " "


def _plain(piece: str) -> str:
    if piece[0].isdigit():
        return piece.replace(",", "")
    piece = piece.replace(".", "")
    return piece.removesuffix("'s").replace("'", "")


# Words of Chinese and Korean that ask or join, and carry no subject.
_CJK_STOPS = re.compile(
    "为什么|為什麼|为何|為何|什么|什麼|怎么样|怎么|怎麼|如何|哪些|多少|吗|嗎|呢|的|了|是|有没有|和|与|與|在|对|對|会|被"
    "|무엇인가요|무엇|누구|언제|어떻게|어떤|얼마나|왜|인가요|나요|습니까|했나|하나요|는가|에게|에서|까지|부터|으로"
)
_PARTICLE = re.compile("[\uac00-\ud7a3]")  # a single syllable left beside a Korean name


def is_cjk(character: str) -> bool:
    """Whether it is Han, kana or Hangul: scripts in which a word may end inside a run of letters."""
    return bool(_CJK_RUN.match(character))


def content_terms(tokens: Iterable[str]) -> tuple[str, ...]:
    """What these words are indexed as, without those that carry no subject; in order, repeats kept."""
    found: list[str] = []
    for token in tokens:
        if is_cjk(token[:1]):
            for run in _CJK_STOPS.split(token):
                found += terms(run) if run and not _PARTICLE.fullmatch(run) else ()
        elif token not in STOP_WORDS and (len(token) > 1 or token.isdigit()):
            found += terms(token)
    return tuple(found)


def terms(word: str) -> tuple[str, ...]:
    """What a word is indexed as: its stem; a number as it stands; a CJK run as its pairs of characters.

    Neither of SQLite's tokenizers nor a stemmer finds 中朝 in 中朝关系; pairs do.
    """
    if _CJK_RUN.match(word):
        return tuple(word[start : start + 2] for start in range(len(word) - 1)) or (word,)
    return (stem(word),)


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """The stem of an English word; anything with a digit in it stays exact."""
    return word if any(map(str.isdigit, word)) else str(_STEM(word))


def fold(name: str) -> str:
    """A name without case, spaces, hyphens and punctuation: two names are the same when this is equal."""
    return "".join(words(name))
