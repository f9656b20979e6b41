"""The small content with one mistake planted in a record: that mistake is told, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.knowledge.planting import (
    ENTITIES,
    FIRST,
    LEXICON,
    SOURCES,
    SUPPORT,
    TALKS,
    TEST,
    TIMELINE,
    Told,
    copy_of_small,
    only,
    replace,
)

# file, what stands there, what is planted instead -> line, entry, field, problem, remedy
PLANTED = {
    # not YAML, or not plain YAML
    "a missing quote": (
        (SOURCES, 'title: "Questions & answers <on> a *vote*"', 'title: "Questions & answers'),
        Told(SOURCES, 25, "", "", "this is not YAML", "Look for a missing quote"),
    ),
    "a tab": (
        (TALKS, "title: The Six-Party Talks\n", "title: The Six-Party Talks\n\tarea: talks\n"),
        Told(TALKS, 3, "", "", "this is not YAML", "an indent that is off"),
    ),
    "a colon in unquoted text": (
        (SUPPORT, FIRST, "Beijing said: it feared: chaos."),
        Told(SUPPORT, 10, "", "", "this is not YAML", "a colon inside unquoted text"),
    ),
    "a tag that would run code": (
        (SUPPORT, "area: wider-picture", "area: !!python/object/apply:os.system [ls]"),
        Told(SUPPORT, 7, "", "", "the tag tag:yaml.org,2002:python/object/apply:os.system", "Remove it"),
    ),
    "an anchor": (
        (SUPPORT, "area: wider-picture", "area: &area wider-picture"),
        Told(SUPPORT, 7, "", "", "anchors and aliases", "Write the text out"),
    ),
    "a second document": (
        (TALKS, "area: talks\n", "area: talks\n---\n"),
        Told(TALKS, 8, "", "", "a second document", "Keep one document in a file"),
    ),
    # keys
    "an unknown key": (
        (SUPPORT, "    as_of: 2013-01\n", "    as_of: 2013-01\n    colour: red\n"),
        Told(SUPPORT, 13, "support", "answer[0].colour", "“colour” is not a key of this record", "the keys are text"),
    ),
    "a key with a typing error": (
        (SOURCES, "authors: [Ada Writer]", "auhtors: [Ada Writer]"),
        Told(SOURCES, 12, "paper-2008", "auhtors", "“auhtors” is not a key", "Did you mean “authors”?"),
    ),
    "a missing key": (
        (SOURCES, "  kind: think-tank\n", ""),
        Told(SOURCES, 10, "paper-2008", "", "the key “kind” is missing", "Add it; it is: what sort of source"),
    ),
    "a missing key deep inside": (
        (SUPPORT, "    as_of: 2008-06\n", ""),
        Told(SUPPORT, 13, "support", "answer[1]", "the key “as_of” is missing", "the date it holds for"),
    ),
    "a key that stands twice": (
        (SOURCES, "  kind: news\n", "  kind: news\n  kind: data\n"),
        Told(SOURCES, 23, "daily-2013", "kind", "the key “kind” stands twice", "Keep one of them"),
    ),
    "a key that stands twice deep inside": (
        (SUPPORT, "    as_of: 2013-01\n", "    as_of: 2013-01\n    as_of: 2013-02\n"),
        Told(SUPPORT, 13, "support", "answer[0].as_of", "the key “as_of” stands twice", "Keep one of them"),
    ),
    "an id inside the record": (
        (SOURCES, "press-2006:\n", "press-2006:\n  id: press-2006\n"),
        Told(SOURCES, 3, "press-2006", "id", "“id” is not a key", ""),
    ),
    # ids
    "an id that stands twice in a file": (
        (TIMELINE, "vote:\n", "talks-open:\n"),
        Told(TIMELINE, 11, "talks-open", "", "is taken by timeline/2000s.yaml:2", "give this one another id"),
    ),
    "an id in capitals": (
        (TIMELINE, "vote:\n", "Vote:\n"),
        Told(TIMELINE, 11, "Vote", "", "the id does not have the right form", "lower-case words"),
    ),
    "an empty id": (
        (TIMELINE, "vote:\n", '"":\n'),
        Told(TIMELINE, 11, "", "", "the id does not have the right form", "lower-case words"),
    ),
    "a resolution that is not a number": (
        ("resolutions.yaml", "1718:\n", "s-1718:\n"),
        Told("resolutions.yaml", 2, "s-1718", "", "the id does not have the right form", "1718, or s-2022-431"),
    ),
    "a citation of nothing": (
        (SUPPORT, "cites: [daily-2013, paper-2008]", "cites: [daily-2013, times-1999]"),
        Told(SUPPORT, 11, "support", "answer[0].cites[1]", "there is no “times-1999” in sources", "Add it to sources"),
    ),
    "a citation with a typing error": (
        (SUPPORT, "cites: [daily-2013, paper-2008]", "cites: [dialy-2013, paper-2008]"),
        Told(SUPPORT, 11, "support", "answer[0].cites[0]", "there is no “dialy-2013”", "Did you mean “daily-2013”?"),
    ),
    "a citation of nothing in a claim": (
        (SUPPORT, "cites: [daily-2013], as_of: 2013}", "cites: [elsewhere], as_of: 2013}"),
        Told(SUPPORT, 24, "support", "disputes[0].claims[1].cites[0]", "there is no “elsewhere” in sources", ""),
    ),
    "a citation of nothing in a correction": (
        (TEST, 'nobody vetoed it.", cites: [press-2006]', 'nobody vetoed it.", cites: [elsewhere]'),
        Told(TEST, 16, "first-test", "premises[0].correction.cites[0]", "there is no “elsewhere” in sources", ""),
    ),
    "a citation of nothing in an event": (
        (TIMELINE, "cites: [press-2006, paper-2008]", "cites: [press-2006, elsewhere]"),
        Told(TIMELINE, 10, "first-test", "cites[1]", "there is no “elsewhere” in sources", ""),
    ),
    "a citation of nothing in an office": (
        (ENTITIES, "until: 2011-12-17, cites: [paper-2008]", "until: 2011-12-17, cites: [elsewhere]"),
        Told(ENTITIES, 24, "kim-jong-il", "offices[0].cites[0]", "there is no “elsewhere” in sources", ""),
    ),
    "a citation of nothing in a resolution": (
        ("resolutions.yaml", "cites: [daily-2013]", "cites: [elsewhere]"),
        Told("resolutions.yaml", 34, "s-2022-431", "cites[0]", "there is no “elsewhere” in sources", ""),
    ),
    "a citation of nothing in an explanation": (
        ("resolutions.yaml", 'in themselves.", cites: [press-2006]', 'in themselves.", cites: [elsewhere]'),
        Told("resolutions.yaml", 12, "1718", "explained[0].cites[0]", "there is no “elsewhere” in sources", ""),
    ),
    "a citation of nothing in a figure": (
        ("trade.yaml", "KOTRA, cites: [paper-2008]", "KOTRA, cites: [elsewhere]"),
        Told("trade.yaml", 9, "china-dprk-trade", "figures[2].cites[0]", "there is no “elsewhere” in sources", ""),
    ),
    "a related topic that is not there": (
        (TEST, "related: [support]", "related: [suport]"),
        Told(TEST, 17, "first-test", "related[0]", "there is no “suport” in topics", "Did you mean “support”?"),
    ),
    "an event about nobody": (
        (TIMELINE, "about: [six-party-talks]", "about: [nobody-at-all]"),
        Told(TIMELINE, 15, "vote", "about[0]", "there is no “nobody-at-all” in entities", "Add it to entities"),
    ),
    # names and wordings
    "a name of two entities": (
        (ENTITIES, "Kim Jong Eun]", "Kim Jong-Il]"),
        Told(ENTITIES, 27, "kim-jong-un", "names.en[1]", "is already a name of “kim-jong-il”", "Keep it in one place"),
    ),
    "a Chinese name of two entities": (
        (ENTITIES, "zh: [美国]", "zh: [中國]"),
        Told(ENTITIES, 14, "united-states", "names.zh[0]", "“中國” is already a name of “china”", ""),
    ),
    "a name that stands twice": (
        (ENTITIES, "Kim Jong Eun]", "kim jong-un]"),
        Told(ENTITIES, 27, "kim-jong-un", "names.en[1]", "is already a name of this entity", "Keep it in one place"),
    ),
    "a name without a letter": (
        (ENTITIES, "Kim Jong Eun]", '"?!"]'),
        Told(ENTITIES, 27, "kim-jong-un", "names.en[1]", "“?!” has no letter or digit", "Remove it"),
    ),
    "a wording of two topics": (
        (TALKS, "six party talks members", "why does china SUPPORT North-Korea"),
        Told(TALKS, 6, "talks", "questions[2]", "the wording already belongs to “support”", "Keep it in one place"),
    ),
    "a wording that stands twice": (
        (TALKS, "six party talks members", "What were the six party talks?!"),
        Told(TALKS, 6, "talks", "questions[2]", "the wording already belongs to “talks”", "Keep it in one place"),
    ),
    "a cue that every question has": (
        (TEST, "cues: [veto 1718, block 1718]", "cues: [veto 1718, why did they]"),
        Told(TEST, 15, "first-test", "premises[0].cues[1]", "only words that every question may have", "Add what"),
    ),
    # dates
    "a day that never was": (
        (TIMELINE, "date: 2006-10-09", "date: 2006-02-30"),
        Told(TIMELINE, 8, "first-test", "date", "there is no such date as 2006-02-30", "Correct the date"),
    ),
    "a month that never was": (
        (SOURCES, "published: 2008-06", "published: 2008-13"),
        Told(SOURCES, 13, "paper-2008", "published", "there is no such date as 2008-13", "Correct the date"),
    ),
    "month nought": (
        (SOURCES, "published: 2008-06", "published: 2008-00"),
        Told(SOURCES, 13, "paper-2008", "published", "there is no such date as 2008-00", "Correct the date"),
    ),
    "a date in words": (
        (SOURCES, "published: 2008-06", "published: June 2008"),
        Told(SOURCES, 13, "paper-2008", "published", "'June 2008' is not a date; write 2013-01-22", "Correct the date"),
    ),
    "a date to come": (
        (SUPPORT, "as_of: 2013-01\n", "as_of: 9999-12-31\n"),
        Told(SUPPORT, 12, "support", "answer[0].as_of", "9999-12-31 lies in the future", "a date that has passed"),
    ),
    "a review to come": (
        (TALKS, "{on: 2026-11-20,", "{on: 9998,"),
        Told(TALKS, 8, "talks", "reviewed.on", "9998 lies in the future", "a date that has passed"),
    ),
    "an end before the beginning": (
        (TIMELINE, "until: 2003-08-29", "until: 2003-07"),
        Told(TIMELINE, 4, "talks-open", "until", "it ends before it begins", "Correct one of the dates"),
    ),
    "an office without a date": (
        (ENTITIES, "Commission, since: 1993, until: 2011-12-17,", "Commission,"),
        Told(ENTITIES, 24, "kim-jong-il", "offices[0]", "nothing says when it was held", "Add “since”"),
    ),
    "an office that ends before it begins": (
        (ENTITIES, "since: 1993, until: 2011-12-17", "since: 1993, until: 1992"),
        Told(ENTITIES, 24, "kim-jong-il", "offices[0].until", "it ends before it begins", "Correct the dates"),
    ),
    "a death before the birth": (
        (ENTITIES, "life: {died: 2011-12-17,", "life: {born: 2012, died: 2011-12-17,"),
        Told(ENTITIES, 22, "kim-jong-il", "life.died", "the death precedes the birth", "Correct the dates"),
    ),
    "a life without dates": (
        (ENTITIES, "life: {died: 2011-12-17,", "life: {"),
        Told(ENTITIES, 22, "kim-jong-il", "life", "neither birth nor death", "Add “born” or “died”"),
    ),
    # values
    "a statement without a citation": (
        (SUPPORT, "cites: [daily-2013, paper-2008]", "cites: []"),
        Told(SUPPORT, 11, "support", "answer[0].cites", "the list needs at least 1 and has none", "Add 1 more"),
    ),
    "a statement without the key of citations": (
        (TEST, "    cites: [press-2006]\n", ""),
        Told(TEST, 10, "first-test", "answer[0]", "the key “cites” is missing", "ids of the sources"),
    ),
    "citations left out": (
        (TIMELINE, "cites: [paper-2008]", "cites:"),
        Told(TIMELINE, 6, "talks-open", "cites", "nothing stands where a list belongs", "Write [one, two]"),
    ),
    "a link without encryption": (
        (SOURCES, "url: https://example.org/paper-2008", "url: http://example.org/paper-2008"),
        Told(SOURCES, 16, "paper-2008", "url", "does not have the right form", "starts with https://"),
    ),
    "a link to no host": (
        (SOURCES, "url: https://example.org/paper-2008", "url: https://paper-2008"),
        Told(SOURCES, 16, "paper-2008", "url", "does not have the right form", "starts with https://"),
    ),
    "a link with a blank in it": (
        (SOURCES, "url: https://example.org/paper-2008", "url: https://example.org/paper 2008"),
        Told(SOURCES, 16, "paper-2008", "url", "does not have the right form", "starts with https://"),
    ),
    "an archive without encryption": (
        (SOURCES, "  note: Read in a copy.\n", "  archive: http://archive.org/x\n"),
        Told(SOURCES, 17, "paper-2008", "archive", "does not have the right form", "starts with https://"),
    ),
    "an unknown kind of source": (
        (SOURCES, "kind: think-tank", "kind: blog"),
        Told(SOURCES, 14, "paper-2008", "kind", "“blog” is not one of the allowed values", "Write un, prc-official"),
    ),
    "an unknown kind on two lines": (
        (SOURCES, "  kind: think-tank\n", "  kind: |\n    think\n    tank\n"),
        Told(SOURCES, 14, "paper-2008", "kind", "“think tank” is not one of the allowed values", "Write un"),
    ),
    "a language in words": (
        (
            SOURCES,
            "language: en\n  url: https://example.org/daily",
            "language: English\n  url: https://example.org/daily",
        ),
        Told(SOURCES, 23, "daily-2013", "language", "“English” does not have the right form", "such as en, zh or ko"),
    ),
    "a symbol that is none": (
        ("resolutions.yaml", "symbol: S/RES/1718 (2006)", "symbol: Resolution 1718"),
        Told("resolutions.yaml", 3, "1718", "symbol", "does not have the right form", "such as S/RES/1718 (2006)"),
    ),
    "a statement that is too long": (
        (SUPPORT, FIRST, "word " * 60 + "end."),
        Told(
            SUPPORT, 10, "support", "answer[0].text", "the text has 304 characters, 4 more than 300", "Shorten or split"
        ),
    ),
    "a title that is too long": (
        (TALKS, "title: The Six-Party Talks", "title: " + "T" * 81),
        Told(TALKS, 2, "talks", "title", "the text has 81 characters, 1 more than 80", "Shorten"),
    ),
    "a measure that is too long": (
        ("resolutions.yaml", "It called for an end to the fighting.", "m" * 301),
        Told("resolutions.yaml", 23, "82", "measures[0]", "the text has 301 characters", "Shorten"),
    ),
    "too few wordings": (
        (TALKS, "  - six party talks members\n", ""),
        Told(TALKS, 4, "talks", "questions", "the list needs at least 3 and has only 2", "Add 1 more"),
    ),
    "a dispute with one claim": (
        (
            SUPPORT,
            '      - {text: "The border is about 1,416 kilometres long.", cites: [daily-2013], as_of: 2013}\n',
            "",
        ),
        Told(SUPPORT, 23, "support", "disputes[0].claims", "the list needs at least 2 and has only 1", "Add 1 more"),
    ),
    "a statement without its date": (
        (TEST, "related: [support]", "more:\n  - {text: China was angry., cites: [press-2006]}"),
        Told(TEST, 18, "first-test", "more[0]", "the key “as_of” is missing", "the date it holds for"),
    ),
    "a way to ask for a statement that is too long": (
        (SUPPORT, "    as_of: 2013-01\n", f"    as_of: 2013-01\n    asked: [{'w' * 201}]\n"),
        Told(SUPPORT, 13, "support", "answer[0].asked[0]", "the text has 201 characters, 1 more than 200", "Shorten"),
    ),
    "a way to ask for a statement that is no list": (
        (SUPPORT, "    as_of: 2013-01\n", "    as_of: 2013-01\n    asked: Whom did Beijing fear?\n"),
        Told(SUPPORT, 13, "support", "answer[0].asked", "a single value stands where a list belongs", "lines with -"),
    ),
    "an empty text": (
        (SUPPORT, FIRST, '"  "'),
        Told(SUPPORT, 10, "support", "answer[0].text", "the value is empty", "Fill it in"),
    ),
    "a value left out": (
        (SOURCES, "publisher: The Daily", "publisher:"),
        Told(SOURCES, 20, "daily-2013", "publisher", "the value is empty", "Fill it in"),
    ),
    "a list where one value belongs": (
        (SOURCES, "publisher: The Daily", "publisher: [The, Daily]"),
        Told(SOURCES, 20, "daily-2013", "publisher", "a list stands where a single value belongs", "Write one value"),
    ),
    "a mapping where one value belongs": (
        (SOURCES, "publisher: The Daily", "publisher: {The: Daily}"),
        Told(SOURCES, 20, "daily-2013", "publisher", "a mapping stands where a single value belongs", ""),
    ),
    "a value where a list belongs": (
        (SOURCES, "authors: [Ada Writer]", "authors: Ada Writer"),
        Told(SOURCES, 12, "paper-2008", "authors", "a single value stands where a list belongs", "lines with -"),
    ),
    "a value where keys belong": (
        (SUPPORT, "reviewed: {on: 2026-11-20, changes: slowly}", "reviewed: 2026-11-20"),
        Told(SUPPORT, 8, "support", "reviewed", "a single value stands where keys belong", "the keys on, changes"),
    ),
    "a text where a statement belongs": (
        (TEST, "related: [support]", "more: [China was angry.]"),
        Told(
            TEST, 17, "first-test", "more[0]", "a single value stands where keys belong", "the keys text, cites, as_of"
        ),
    ),
    "an entry with nothing in it": (
        (TIMELINE, "  about: [six-party-talks]\n", "  about: [six-party-talks]\nlater:\n"),
        Told(TIMELINE, 16, "later", "", "nothing stands where keys belong", "the keys date, text, cites"),
    ),
    "a number in words": (
        ("resolutions.yaml", "votes: {in_favour: 15}", "votes: {in_favour: all}"),
        Told("resolutions.yaml", 7, "1718", "votes.in_favour", "“all” is not a number", "Write digits"),
    ),
    "a number that is no whole one": (
        ("resolutions.yaml", "votes: {in_favour: 15}", "votes: {in_favour: 15.0}"),
        Told("resolutions.yaml", 7, "1718", "votes.in_favour", "“15.0” is not a number", "Write digits"),
    ),
    "a number too long for any machine": (
        ("resolutions.yaml", "votes: {in_favour: 15}", "votes: {in_favour: 1" + "0" * 400 + "}"),
        Told("resolutions.yaml", 7, "1718", "votes.in_favour", "is not a number", "Write digits"),
    ),
    "a figure with separators": (
        ("trade.yaml", "value: 1973.97", 'value: "1,973.97"'),
        Told("trade.yaml", 8, "china-dprk-trade", "figures[1].value", "is not a number", "without separators"),
    ),
    "a figure with an underscore": (
        ("trade.yaml", "value: 1973.97", "value: 1_973"),
        Told("trade.yaml", 8, "china-dprk-trade", "figures[1].value", "is not a number", "without separators"),
    ),
    "a figure below nought": (
        ("trade.yaml", "value: 1973.97", "value: -5"),
        Told("trade.yaml", 8, "china-dprk-trade", "figures[1].value", "“-5” is not a number of 0 or more", ""),
    ),
    "a figure that is no number": (
        ("trade.yaml", "value: 1973.97", "value: nan"),
        Told("trade.yaml", 8, "china-dprk-trade", "figures[1].value", "“nan” is not a number", ""),
    ),
    "votes that do not add up": (
        ("resolutions.yaml", "votes: {in_favour: 15}", "votes: {in_favour: 14}"),
        Told("resolutions.yaml", 7, "1718", "votes", "add up to 14; the Council then had 15 members", "Count again"),
    ),
    "votes that do not add up in the smaller Council": (
        ("resolutions.yaml", "abstained: 1, absent: 1}", "abstained: 1, absent: 5}"),
        Told("resolutions.yaml", 19, "82", "votes", "add up to 15; the Council then had 11 members", "Count again"),
    ),
    "an invisible character": (
        (SUPPORT, FIRST, "Beijing feared\u200b refugees."),
        Told(SUPPORT, 10, "support", "answer[0].text", "there is an invisible character (U+200B)", "Delete it"),
    ),
    "a character that turns the text around": (
        (ENTITIES, "Kim Jong Eun]", "Kim Jong\u202e Eun]"),
        Told(ENTITIES, 27, "kim-jong-un", "names.en[1]", "there is an invisible character (U+202E)", "Delete it"),
    ),
    "a soft hyphen": (
        (SUPPORT, FIRST, "Beijing feared refu\u00adgees."),
        Told(SUPPORT, 10, "support", "answer[0].text", "there is an invisible character (U+00AD)", "Delete it"),
    ),
    "an escaped control character": (
        (SUPPORT, FIRST, '"Beijing \\e[31mfeared."'),
        Told(SUPPORT, 10, "support", "answer[0].text", "there is an invisible character (U+001B)", "Delete it"),
    ),
    "the sign of a lost character": (
        (SUPPORT, FIRST, "Beijing feared \ufffd."),
        Told(SUPPORT, 10, "support", "answer[0].text", "there is an invisible character (U+FFFD)", "Delete it"),
    ),
    # synonyms
    "a synonym of nothing": (
        ("synonyms.yaml", "support: [back, prop]", "support: []"),
        Told("synonyms.yaml", 3, "support", "", "there is no list of words", "Write: first: [second, third]"),
    ),
    "a synonym that is no list": (
        ("synonyms.yaml", "support: [back, prop]", "support: back"),
        Told("synonyms.yaml", 3, "support", "", "there is no list of words", "Write: first: [second, third]"),
    ),
    "a synonym of two words": (
        ("synonyms.yaml", "support: [back, prop]", "support: [back, prop up]"),
        Told("synonyms.yaml", 3, "support", "prop up", "it is not one lower-case word", "Write single words"),
    ),
    "a synonym in two groups": (
        ("synonyms.yaml", "support: [back, prop]", "support: [back, nuke]"),
        Told("synonyms.yaml", 3, "support", "nuke", "the word stands in two groups", "Keep it in one"),
    ),
    # lexicon
    "a word that is called nothing elsewhere": (
        (LEXICON, "why: [warum]", "why: []"),
        Told(LEXICON, 5, "why", "", "there is no list of words", "Write: first: [second, third]"),
    ),
    "a word of another language that is no list": (
        (LEXICON, "why: [warum]", "why: warum"),
        Told(LEXICON, 5, "why", "", "there is no list of words", "Write: first: [second, third]"),
    ),
    "a list in a list of words": (
        (LEXICON, "why: [warum]", "why: [warum, [wieso]]"),
        Told(LEXICON, 5, "why", "", "there is no list of words", "Write: first: [second, third]"),
    ),
    "a word of another language for two English ones": (
        (LEXICON, "why: [warum]", "why: [warum, 支援]"),
        Told(LEXICON, 5, "why", "支援", "the word stands under “support” too", "Keep it in one place"),
    ),
    "a word of another language that stands twice": (
        (LEXICON, "why: [warum]", "why: [warum, Warum]"),
        Told(LEXICON, 5, "why", "Warum", "the word stands under “why” too", "Keep it in one place"),
    ),
    "words of another language in other case and accents": (
        (LEXICON, "why: [warum]", "why: [corea del nörte]"),
        Told(LEXICON, 5, "why", "corea del nörte", "the word stands under “north korea” too", "Keep it in one place"),
    ),
    "an empty word": (
        (LEXICON, "why: [warum]", 'why: [warum, ""]'),
        Told(LEXICON, 5, "why", "", "it has no letter", "Write a word of another language"),
    ),
    "a word of signs": (
        (LEXICON, "why: [warum]", 'why: [warum, "¿?"]'),
        Told(LEXICON, 5, "why", "¿?", "it has no letter", "Write a word of another language"),
    ),
    "an English word that stands twice in the lexicon": (
        (LEXICON, "why: [warum]", "trade: [warum]"),
        Told(LEXICON, 5, "trade", "", "stands twice", "Keep"),
    ),
}


@pytest.mark.parametrize(("change", "told"), PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_mistake_is_told_with_its_place_and_remedy(
    tmp_path: Path, change: tuple[str, str, str], told: Told
) -> None:
    content = copy_of_small(tmp_path)
    file, old, new = change
    replace(content / file, old, new)
    only(content, told)
