"""Other states: a question that is about one of them, and not about both of ours, is not ours to answer."""

from __future__ import annotations

from knowledge.text import stem

# Ids of entities of the record.
KNOWN = frozenset({"japan", "russia", "south-korea", "soviet-union", "united-states"})

# States and their people that the record has no entity for: those whose name is a single word.
_WORDS = """
    afghanistan afghan albania albanian algeria algerian argentina armenia armenian australia australian austria
    austrian azerbaijan bangladesh belarus belgium belgian bolivia brazil brazilian britain british bulgaria burma
    burmese cambodia cambodian canada canadian chile colombia cuba cuban czech denmark danish egypt egyptian england
    english estonia ethiopia finland finnish france french georgia germany german ghana greece greek hungary hungarian
    iceland india indian indonesia indonesian iran iranian iraq iraqi ireland irish israel israeli italy italian jordan
    kazakhstan kenya kuwait laos lebanon libya libyan lithuania malaysia malaysian mexico mexican mongolia mongolian
    morocco myanmar nepal netherlands dutch nigeria norway norwegian pakistan pakistani palestine palestinian peru
    philippines philippine filipino poland polish portugal qatar romania scotland serbia singapore slovakia somalia
    spain spanish sudan sweden swedish switzerland swiss syria syrian taiwan taiwanese tajikistan thailand thai tibet
    tunisia turkey turkish uganda ukraine ukrainian uruguay uzbekistan vatican venezuela vietnam vietnamese yemen
    zambia zimbabwe
"""
# Places whose names are more than a word, and hold one of ours.
PHRASES = ("east china sea", "great wall of china", "south china sea")

TERMS = frozenset(map(stem, _WORDS.split()))
