"""Text for searching: normalising and words. One place, used alike for what is indexed and what is asked."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import unquote

import Stemmer

_STEM = Stemmer.Stemmer("english").stemWord
_ONE_AT_A_TIME = threading.Lock()  # PyStemmer: a stemmer must not be called concurrently

_QUOTES = dict.fromkeys(map(ord, "‘’‛ʼ′`´＇"), "'")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-")

# A dotted abbreviation, a number with separators, a word or number, or a run of Han, kana or Hangul.
_CJK = r"\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003134f"
_PIECE = re.compile(rf"(?:[a-z]\.){{2,}}|\d{{1,3}}(?:,\d{{3}})+|[^\W_{_CJK}]+(?:'[^\W_{_CJK}]+)*|[{_CJK}]+")
_CJK_RUN = re.compile(rf"[{_CJK}]+")

_ADDRESS = re.compile(r"https?://\S+")
_SYMBOL = re.compile(
    r"(?:\bs/res/|\bun ?scr?[\s-]*|\bres(?:olution)?\.?[\s-]*(?:no\.?\s*)?)(\d{1,4})\b(?:\s*\(\d{4}\))?"
)
_DRAFT = re.compile(r"\bs/\d{4}/\d+\b")

_US = re.compile(r"\bU\.S\.(?!\s?A\b)|\bUS\b")  # the country, which small letters make a pronoun of

LONGEST = 2_000  # characters of a question that are looked at; a chat message holds as many

# Words that carry no subject: left out of index and query alike.
STOP_WORDS = frozenset(
    """
    a able about above actually again against ah all also am an and any anyone anything are as at basically be
    because been being between both but by can could currently did didnt do does doesnt doing dont down during
    each earth eg etc even ever everyone exactly explain few for from further get give got had happen happened
    happening has have having he hello her here hers hey hi him his honest honestly how hows i if im in into is
    isnt it its itself ive just know ll lol lot m many may maybe me might mine more most much must my myself no
    nor not now of off oh ok okay on once one only or other our ours out over own per please quick quickly quite
    re really s same see seem seems seen shall she should show simply so some someone something still such sum t
    tell than thank thanks that thats the their theirs them themselves then there these they thing things this
    those though through thus time times to today too under until up upon us ve versus very vs was wasnt we were
    werent what whatever whats when where which while who whom whose why whys will with would yet you your yours
    """.split()
)


# Words of talk: they hint at a subject, but one that is not found in the record proves nothing against it.
LIGHT_WORDS = frozenset(
    """
    actual add agree allow always answer anyway argue ask away bad basic become begin behind believe best better
    big bother bring call care case chance choose class clear come common consider continue course curious day
    deal deep describe detail develop different discuss discussion do easy else end essay exact exam example
    expect fact fair far feel find fine follow free friend full general go good great ground group grow guess
    guy hard hear help high hold hope huge idea imagine important include instead interest interested involve
    issue keep kind large last late lead learn leave less let level lie like likely line list little live long
    look lose love main make man matter mean meet mention mind moment move name near need new nice note number
    offer official often old open opinion order outline overview paper part particular pay people perhaps person
    place plan play point possible present pretty problem prof professor project provide pull push put question
    quick reach read ready real recent regard relate remain remember report represent result right role run say
    second seem send sense serious set short side simple sit small sort sound speak specific stand start state
    stay step stop story straight strong student study stuff style subject suggest summarise summary sure
    surprise take teacher team term theory think thinking thought thread today together top topic total
    towards tricky true try turn understand use usual version view wait want way week went win wonder word work
    world worth write wrong year
    began came done felt found gave gone gotten knew known left made meant met put ran said saw seen sent spoke
    taken thought told took understood went wrote
    """.split()
)


class _Folding(dict[int, str]):
    """What each character becomes, by its code point: worked out when it is first met, and remembered."""

    MOST = 20_000  # so that nobody can fill the memory by sending every character there is

    def __missing__(self, point: int) -> str:
        folded = _folded(chr(point))
        if len(self) < self.MOST:
            self[point] = folded
        return folded


_FOLDING = _Folding({**_QUOTES, **_DASHES})


def _folded(character: str) -> str:
    """A character without its accents; nothing for one that cannot be seen."""
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Cs", "Co"):
        return ""
    if category == "Cc":
        return " "
    base = unicodedata.normalize("NFD", character)[0]
    return base if base.isascii() else character


# Words that say what sort of answer is wanted.
QUESTION_WORDS = {
    **dict.fromkeys(("why", "reason", "reasons"), "why"),
    **dict.fromkeys(("many", "much"), "many"),
    "when": "when",
    "where": "where",
    "who": "who",
    "how": "how",
}


def normalise(text: str) -> str:
    """Fold spelling differences that never matter: width, case, accents on Latin letters, dash and quote shapes,
    invisible characters. Takes any text; looks at its first LONGEST characters."""
    text = unicodedata.normalize("NFKC", text[:LONGEST])
    if not text.isupper():
        text = _US.sub("USA", text)
    return text.casefold().translate(_FOLDING)


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
    link = unquote(address[0])
    symbol = _SYMBOL.search(link) or _DRAFT.search(link)
    return symbol[0] if symbol else " "


def _plain(piece: str) -> str:
    if piece[0].isdigit():
        return piece.replace(",", "")
    piece = piece.replace(".", "").removesuffix("'s").replace("'", "")
    return _COUNTRIES.get(piece, piece)


# Peoples -> their countries, so that "North Korean" says North Korea, and "Chinese" China.
_COUNTRIES = {
    **dict.fromkeys(("chinese", "sino"), "china"),
    **dict.fromkeys(("korean", "koreans"), "korea"),
    **dict.fromkeys(("american", "americans"), "america"),
    **dict.fromkeys(("russian", "russians"), "russia"),
    "japanese": "japan",
}

# Words of Chinese and Korean that ask or join, and carry no subject.
_CJK_STOPS = re.compile(
    "|".join(
        sorted(
            """
            为什么 為什麼 为何 為何 什么 什麼 怎么样 怎么 怎麼 如何 哪些 哪里 多少 何时 谁 誰 请 吗 嗎 呢
            的 了 是 有没有 和 与 與 在 对 對 会 被
            무엇인가요 무엇 누구 언제 어떻게 어떤 얼마나 왜 인가요 한가요 나요 했는가 하는가
            하는지 합니까 입니까 뭐예요 뭐야 뭔가요 할까 하나 인가 인지 이란 습니까 했나 하나요
            는가 에게 에서 까지 부터 으로
            """.split(),
            key=len,
            reverse=True,  # the longest first: an alternation takes what comes first
        )
    )
)
_PARTICLE = re.compile("[\uac00-\ud7a3]")  # a single syllable left beside a Korean name


def is_cjk(character: str) -> bool:
    """Whether it is Han, kana or Hangul: scripts in which a word may end inside a run of letters."""
    return not character.isascii() and bool(_CJK_RUN.match(character))


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
    if is_cjk(word):
        return tuple(word[start : start + 2] for start in range(len(word) - 1)) or (word,)
    return (stem(word),)


_AMERICAN = (  # spellings: British -> American
    (re.compile(r"(?<=[a-z]{2})is(e|ed|er|es|ing|ation|ations)$"), r"iz\1"),
    (re.compile(r"(?<=[a-z]{3})our(|s|ed|ing|able|ly)$"), r"or\1"),
    (re.compile(r"^(def|off|lic|pret)ence(|s)$"), r"\1ense\2"),
    (re.compile(r"^(program)me(|s)$"), r"\1\2"),
    (re.compile(r"^(cent|theat)re(|s)$"), r"\1er\2"),
)


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """The stem of an English word, one for its British and American spellings; anything with a digit in it stays
    exact."""
    if any(map(str.isdigit, word)):
        return word
    for british, american in _AMERICAN:
        word = british.sub(american, word)
    with _ONE_AT_A_TIME:
        return str(_STEM(word))


def fold(name: str) -> str:
    """A name without case, spaces, hyphens and punctuation: two names are the same when this is equal."""
    return "".join(words(name))
