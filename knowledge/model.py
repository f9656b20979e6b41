"""The words of the knowledge core, as frozen values.

Every record of the content folder is one of these classes, field for field: the loader decodes YAML into
them, and the published JSON Schema is made from them. A string inside ``Annotated`` is the field's meaning,
shown by editors; ``Limit`` and ``Pattern`` are its bounds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal, get_args

from knowledge.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Limit:
    """Most characters of a text, or fewest items of a list."""

    most: int | None = None  # characters
    fewest: int | None = None  # items


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression the whole text must match, and what that means in words."""

    expression: str
    meaning: str


CAPTURES = "https://web.archive.org/web/"
STATEMENT_LIMIT = 300  # characters; a statement is one sentence or two, read in a chat

ID = Pattern(r"[a-z0-9]+(-[a-z0-9]+)*", "lower-case words and numbers joined by hyphens")
HTTPS = Pattern(r"https://[^\s/]+\.[^\s/]+(/\S*)?", "an address that starts with https://")
LANGUAGE = Pattern(r"[a-z]{2}", "a two-letter ISO 639-1 code such as en, zh or ko")
SYMBOL = Pattern(
    r"S/(RES/\d+ ?\(\d{4}\)|\d{4}/\d+|\d+)", "a Security Council symbol such as S/RES/1718 (2006) or S/2022/431"
)

Id = Annotated[str, ID]
Wording = Annotated[str, Limit(most=200)]
Sentence = Annotated[str, Limit(most=STATEMENT_LIMIT)]
Cites = Annotated[tuple[Id, ...], Limit(fewest=1), "Ids of the sources this rests on, best first"]

Kind = Literal[
    "un",
    "prc-official",
    "dprk-official",
    "rok-official",
    "us-official",
    "other-official",
    "news",
    "think-tank",
    "academic",
    "data",
    "reference",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

KIND_LABELS: Mapping[Kind, str] = {
    "un": "United Nations",
    "prc-official": "Chinese government",
    "dprk-official": "North Korean government",
    "rok-official": "South Korean government",
    "us-official": "US government",
    "other-official": "other government",
    "news": "news",
    "think-tank": "think tank",
    "academic": "academic",
    "data": "data",
    "reference": "reference work",
}

Area = Literal[
    "foundations",
    "opening-years",
    "nuclear-record",
    "security-council",
    "talks",
    "visits",
    "economy",
    "border-people",
    "security",
    "wider-picture",
    "names",
    "recent",
]
AREAS: tuple[Area, ...] = get_args(Area)

AREA_LABELS: Mapping[Area, str] = {
    "foundations": "Foundations, to the 1970s",
    "opening-years": "1978 to 1999",
    "nuclear-record": "Nuclear tests and missiles",
    "security-council": "Security Council and sanctions",
    "talks": "Talks",
    "visits": "Summits and visits",
    "economy": "Trade and economy",
    "border-people": "People across the border",
    "security": "Military and security",
    "wider-picture": "The wider picture",
    "names": "People, places and institutions",
    "recent": "Since 2024",
}

Changes = Literal["slowly", "office-holder", "figures", "ongoing"]
EntityType = Literal["person", "place", "organisation", "treaty", "forum"]
Vote = Literal["for", "against", "abstained", "absent"]
Outcome = Literal["adopted", "vetoed", "failed"]


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that statements rest on."""

    id: Id
    title: Annotated[str, Limit(most=300), "The title as published"]
    publisher: Annotated[str, Limit(most=120), "Who published it"]
    published: Annotated[PartialDate, "When it was published: day, month or year"]
    kind: Annotated[Kind, "What sort of source it is; docs/content.md says which is which"]
    language: Annotated[str, LANGUAGE, "Language of the page"]
    url: Annotated[str, HTTPS, "Where it can be read"]
    authors: Annotated[tuple[str, ...], "Who wrote it, as they sign"] = ()
    archive: Annotated[str | None, HTTPS, "An archived copy"] = None
    note: Annotated[str | None, Limit(most=300), "What a reader should know of it, such as who first published it"] = (
        None
    )

    @property
    def house(self) -> str:
        """Who wrote it: the publisher without where it was carried, ``Reuters`` of ``Reuters, in AsiaOne``."""
        return self.publisher.partition(", ")[0]

    @property
    def latest_capture(self) -> str:
        """Where the Internet Archive shows its latest capture of the page, if it has one.

        The form is the archive's own: its Memento TimeGate takes any address after ``/web/``.
        """
        return self.url if self.url.startswith(CAPTURES) else CAPTURES + self.url


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or two in our own words."""

    text: Annotated[Sentence, "Plain text, no markup"]
    cites: Cites
    as_of: Annotated[PartialDate, "The date it holds for"]
    asked: Annotated[tuple[Wording, ...], "Ways to ask for just this, in topics"] = ()


@dataclass(frozen=True, slots=True)
class Dispute:
    """Claims on one matter that do not agree."""

    matter: Annotated[str, Limit(most=120), "What the sources differ on"]
    claims: Annotated[tuple[Statement, ...], Limit(fewest=2), "The claims, side by side"]
    why: Annotated[str | None, Limit(most=STATEMENT_LIMIT), "What may explain the difference"] = None


@dataclass(frozen=True, slots=True)
class Premise:
    """Something askers wrongly take for granted, and its correction."""

    assumes: Annotated[str, Limit(most=200), "The false assumption, as a sentence"]
    cues: Annotated[
        tuple[str, ...],
        Limit(fewest=1),
        "Short phrases; a question that has every word of one of them makes the assumption",
    ]
    correction: Annotated[Statement, "What is so instead; said before anything else"]


@dataclass(frozen=True, slots=True)
class Review:
    """When people last read an entry against its sources, and how fast it ages."""

    on: Annotated[PartialDate, "The day of the last review"]
    changes: Annotated[Changes, "How fast it ages"]


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject people ask about, and what answers them."""

    id: Id
    title: Annotated[str, Limit(most=80), "A noun phrase, as on a button"]
    questions: Annotated[tuple[str, ...], Limit(fewest=3), "The ways people ask; the first is the heading"]
    area: Annotated[Area, "The part of the record it is browsed under"]
    reviewed: Review
    answer: Annotated[tuple[Statement, ...], Limit(fewest=1), "The short answer; the first statement stands alone"]
    more: Annotated[tuple[Statement, ...], "What else is known"] = ()
    disputes: Annotated[tuple[Dispute, ...], "Where sources differ"] = ()
    premises: Annotated[tuple[Premise, ...], "False assumptions this topic corrects"] = ()
    related: Annotated[tuple[Id, ...], "Ids of topics to read next"] = ()

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement of the topic: the answer first, then the rest in the order of the file."""
        return self.in_order + tuple(premise.correction for premise in self.premises)

    @property
    def in_order(self) -> tuple[Statement, ...]:
        """The statements that are read one after the other: all but the corrections."""
        return self.answer + self.more + tuple(claim for dispute in self.disputes for claim in dispute.claims)


@dataclass(frozen=True, slots=True)
class Event:
    """A dated statement for the timeline."""

    id: Id
    date: Annotated[PartialDate, "When it happened, or began"]
    text: Annotated[Sentence, "What happened, in a sentence that stands alone"]
    cites: Cites
    until: Annotated[PartialDate | None, "When it ended, if it lasted"] = None
    about: Annotated[tuple[Id, ...], "Entities it concerns that the text does not name"] = ()
    called: Annotated[
        tuple[str, ...], "What statements call it, such as second nuclear test; its date is checked there"
    ] = ()


@dataclass(frozen=True, slots=True)
class Votes:
    """How the members of the Security Council voted, in numbers of members."""

    in_favour: int
    against: int = 0
    abstained: int = 0
    absent: int = 0


@dataclass(frozen=True, slots=True)
class Resolution:
    """A Security Council resolution, or a draft that was put to the vote and failed."""

    id: Annotated[str, Pattern(r"\d+|s-\d{4}-\d+", "the number, or for a draft its symbol as s-2022-431")]
    symbol: Annotated[str, SYMBOL, "The document symbol"]
    adopted: Annotated[PartialDate, "The day of the vote, New York time"]
    outcome: Annotated[Outcome, "What became of it"]
    trigger: Annotated[Sentence, "What it answered, as a noun phrase"]
    votes: Votes
    china: Annotated[Vote, "How China voted"]
    measures: Annotated[tuple[Sentence, ...], Limit(fewest=1), "What it decided, each as a sentence"]
    cites: Cites
    seat: Annotated[Literal["prc", "roc"], "Who held China's seat: the Republic of China until October 1971"] = "prc"
    explained: Annotated[tuple[Statement, ...], "How China explained its vote"] = ()

    @property
    def name(self) -> str:
        """What it is called: a draft that failed never became a resolution."""
        return f"Resolution {self.id}" if self.outcome == "adopted" else f"Draft {self.symbol}"


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one entity, by language; the first English one is shown."""

    en: Annotated[tuple[str, ...], Limit(fewest=1), "English names, romanisations and abbreviations"]
    zh: Annotated[tuple[str, ...], "Chinese, simplified before traditional"] = ()
    ko: Annotated[tuple[str, ...], "Korean"] = ()

    def __iter__(self) -> Iterator[str]:
        return iter(self.en + self.zh + self.ko)


@dataclass(frozen=True, slots=True)
class Office:
    """A post a person held."""

    title: Annotated[str, Limit(most=160), "The post"]
    cites: Cites
    since: Annotated[PartialDate | None, "Left out when the beginning is not known"] = None
    until: Annotated[PartialDate | None, "Left out while it lasts, or when the end is not known"] = None
    held: Annotated[PartialDate | None, "A date on which a source has the person in it"] = None

    @property
    def last(self) -> PartialDate | None:
        """The latest date that is known of it."""
        known = [when for when in (self.since, self.held, self.until) if when]
        return max(known, key=lambda when: when.last, default=None)


@dataclass(frozen=True, slots=True)
class Life:
    """When a person was born and died, as far as a source says."""

    cites: Cites
    born: PartialDate | None = None
    died: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, place, organisation, treaty or forum."""

    id: Id
    type: EntityType
    names: Names
    about: Annotated[tuple[Statement, ...], Limit(fewest=1), "Who or what it is; the first stands alone"]
    life: Annotated[Life | None, "People only"] = None
    offices: tuple[Office, ...] = ()

    @property
    def name(self) -> str:
        """The name that is shown."""
        return self.names.en[0]


@dataclass(frozen=True, slots=True)
class Figure:
    """One year's value of a series, by one reporter."""

    year: PartialDate
    value: float
    reporter: Annotated[str, Limit(most=120), "Who counted"]
    cites: Cites
    note: Annotated[str | None, Limit(most=200), "What to know of this value"] = None


@dataclass(frozen=True, slots=True)
class Series:
    """Yearly figures with a unit."""

    id: Id
    title: Annotated[str, Limit(most=120), "What is counted, as a noun phrase"]
    unit: Annotated[str, Limit(most=40), "Such as USD million"]
    questions: Annotated[tuple[str, ...], Limit(fewest=1), "The ways people ask; {year} stands for the year"]
    figures: Annotated[tuple[Figure, ...], Limit(fewest=1)]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything in the content folder, each record by its id, in the order of the files."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)
    entities: Mapping[str, Entity] = field(default_factory=dict)
    resolutions: Mapping[str, Resolution] = field(default_factory=dict)
    series: Mapping[str, Series] = field(default_factory=dict)
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lexicon: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # English -> the same in other languages
