"""What a text wants that no record holds: to see ahead, to be advised, to have something made or obeyed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.text import STOP_WORDS

# Each kind of wish, by what gives it away in a normalised text.
_WISHES = {
    "predicts": r"""
        ^(?:and\ |so\ |but\ |ok\ )?(?:will|would|could(?!\ you)|might)\b
        | \bwill\b | \bwould\b.*\bif\b | \bif\b.*\bwould\b
        | \b(?:gonna|going\ to|about\ to|likely|unlikely|bound\ to|might|imagine|suppose|supposing|hypothetical\w*)\b
        | \bwhat\ (?:if|happens\ if|would|could)\b | \bhow\ long\ (?:can|until|before)\b | \bcan\ we\ expect\b
        | \b(?:how\ likely|likelihood|odds|chances?|probability|predict\w*|forecast\w*|prognosis|outlook|scenarios?)\b
        | \b(?:in\ the\ future|some\ ?day|one\ day|next\ (?:year|decade|month|week|war)|years?\ from\ now)\b
        | \b(?:202[7-9]|203\d)\b
        """,
    "advises": r"""
        \bshould(?:n't|nt)?\b | \bought\b | \badvi[cs]e\ (?:me|for|us)\b | \bwould\ you\b | \btrust\ more\b
        | \bworth\ (?:it|the|a|doing|\w+ing)\b
        | \b(?:you|u|ya)\ (?:personally\ |really\ )?
          (?:think|believe|agree|like|support|feel|prefer|reckon|trust|rate)\b
        | \b(?:your|ur)\ (?:\w+\ )?(?:opinion|views?|take|favou?rite|thoughts)\b
        | \b(?:morally?|ethical(?:ly)?|unethical|immoral|evil|shameful|hypocri\w+|stupid|coward\w*)\b
        | \b(?:villains?|good\ guys?|bad\ guys?)\b
        | \b(?:right|wrong|worse|better|best|worst|to\ blame|fair|unfair|justified|wise)
          \ (?:to|for|of|idea|thing|side|friend|leader|deal)\b
        | \bwho(?:\ is|'s|s)?\ (?:right|wrong|worse|better|to\ blame)\b
        | \bis\ it\ (?:right|wrong|fair|ok|okay|good|bad|safe|better)\b
        | \b(?:can|could|do|may)\ i\b | \bhow\ (?:can|do)\ (?:i|we)\b | \b(?:worse|better)\ ?\??$
        """,
    "instructs": r"""
        \b(?:ignore|disregard|forget|override|bypass)\b.*
          \b(?:instructions?|rules|prompt|above|everything|previous|prior|guidelines)\b
        | \b(?:system|your|hidden)\ (?:\w+\ )?
          (?:prompt|rules|instructions|source\ code|token|config\w*|training|record|database)\b
        | \b(?:pretend|role\s?-?play|act\ (?:as|like)|you\ are\ now|from\ now\ on|jailbreak|sudo|admin)\b
        | \b(?:developer|dan)\ mode\b
        | \b(?:write|compose|draft|generate|make|create|sing|code|design)\ (?:\w+\ ){0,5}
          (?:poem|essay|song|story|speech|code|script|tweet|haiku|letter|joke|limerick|rap|e-?mail|novel|dialogue
          |slogan|paragraphs?|blog|article|program|function|release|powerpoint|slides?|meme|picture|image|fanfic\w*)\b
        | \b(?:poem|haiku|limerick|joke|song|rap|essay)\ (?:about|on)\b
        | \b(?:translate|paraphrase|proofread|rewrite)\b
        | ^(?:please\ )?(?:say|repeat|print|output|reply|respond|answer|summari[sz]e\ this)\b
        | \bmake\ (?:something|it|stuff)\ up\b | \b(?:ping|dm|ban|kick|mention)\ (?:everyone|all|me|him|@)
        """,
}
_FORMS = {wish: re.compile(form, re.VERBOSE) for wish, form in _WISHES.items()}

WISHES = tuple(_WISHES)


def wishes(text: str) -> frozenset[str]:
    """Which of WISHES a normalised text has."""
    return frozenset(wish for wish, form in _FORMS.items() if form.search(text))


_COUNTED = {"many", "much", "which", "what", "whose"}  # what is asked for stands right after them
_KINDS = frozenset("kind type sort brand make model number amount".split())


def focused(tokens: Sequence[str]) -> Iterator[str]:
    """The words that name what is asked for: those after “how many”, “which” or “what”, up to the next stop word."""
    start = next((place for place, token in enumerate(tokens) if token in _COUNTED), len(tokens)) + 1
    begun = False
    for token in tokens[start:]:
        if token in STOP_WORDS or token in _KINDS:
            if begun:
                return
        else:
            begun = True
            yield token
