"""Writes a large invented dossier, as rich as the project's own, to test the program with.

    python benchmarks/corpus.py N DIR [--seed S] [--editions E]

DIR becomes a content folder with N briefs in all. The same N and seed give the same bytes. Nobody and
nothing in it exists: names are made of invented syllables, in Latin and in Arabic letters, and the
prose of templates. `briefing check --fix --strict` lays it out and finds nothing in it.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import zlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from pathlib import Path
from struct import pack
from typing import Any

# --- proportions: measured in the project's own dossier, at 531 briefs ------------------------------------

SHARES: dict[str, float] = {
    "actor": 0.107, "demand": 0.055, "instrument": 0.038, "body": 0.019, "meeting": 0.034, "event": 0.124,
    "term": 0.098, "source": 0.525,
}
"""How many of all briefs are of a kind."""

SMALLEST: tuple[str, ...] = ("source", "actor", "demand", "event", "instrument", "meeting", "body", "term")
"""The kinds in the order in which a very small dossier gets its first brief of each."""

Spread = tuple[int, int, int, int]
"""How a number is spread: the 10th, 50th and 90th percentile and the maximum."""

LENGTHS: dict[str, Spread] = {
    "actor.summary": (361, 583, 844, 993), "actor.notes": (102, 148, 317, 473), "actor.part": (34, 64, 97, 177),
    "standing.what": (48, 80, 121, 158), "relation.note": (27, 60, 150, 181), "label.note": (31, 82, 137, 137),
    "office.note": (36, 90, 130, 150), "account.says": (20, 52, 92, 185), "account.note": (39, 88, 136, 160),
    "demand.summary": (573, 723, 899, 1040), "demand.notes": (62, 139, 277, 277), "demand.ask": (52, 91, 132, 137),
    "precondition.what": (50, 100, 139, 155), "basis.note": (43, 70, 102, 137), "position.what": (47, 81, 122, 186),
    "position.note": (48, 100, 138, 208), "position.words": (30, 68, 110, 162), "account.words": (12, 30, 93, 98),
    "history.what": (42, 69, 106, 173), "instrument.summary": (315, 473, 760, 808),
    "instrument.notes": (47, 153, 400, 676), "signatory.note": (33, 62, 80, 120),
    "provision.says": (65, 125, 222, 434), "deadline.what": (51, 60, 72, 73), "lineage.note": (49, 65, 102, 102),
    "reading.note": (49, 81, 199, 199), "body.summary": (322, 470, 815, 815), "mandate.what": (43, 81, 159, 183),
    "head.note": (68, 80, 151, 151), "meeting.summary": (329, 418, 501, 652), "meeting.notes": (108, 131, 310, 310),
    "seat.note": (30, 68, 118, 126), "absence.why": (31, 77, 202, 271), "outcome.what": (44, 86, 165, 184),
    "agenda.item": (51, 72, 148, 148), "event.summary": (156, 254, 358, 467), "event.notes": (61, 106, 180, 267),
    "involved.note": (9, 17, 46, 64), "source.notes": (26, 26, 62, 95), "source.title": (35, 58, 88, 139),
    "term.definition": (207, 262, 323, 369), "settings.situation": (1200, 1400, 1600, 1700),
    "settings.about": (800, 1000, 1200, 1300), "page.part": (250, 450, 800, 1200),
}
"""Characters in a text, its references included."""

REFERENCES: dict[str, tuple[float, float]] = {
    "actor.summary": (5.4, 3.7), "actor.notes": (0.3, 0.65), "demand.summary": (6.9, 5.8), "demand.notes": (0.4, 0.1),
    "instrument.summary": (3.5, 2.0), "instrument.notes": (0.4, 0.2), "body.summary": (3.6, 2.6),
    "meeting.summary": (3.9, 2.7), "meeting.notes": (0.7, 0.4), "event.summary": (2.5, 2.1),
    "event.notes": (0.3, 0.1), "term.definition": (1.75, 1.73), "settings.situation": (17, 13),
    "settings.about": (3, 2), "page.part": (6, 1),
}
"""Links and citations in such a text, on average."""

COUNTS: dict[str, Spread] = {
    "actor.aliases": (1, 2, 5, 6), "actor.see": (1, 3, 5, 11), "actor.sources": (1, 2, 4, 5),
    "actor.accounts": (2, 2, 5, 5), "actor.standing": (1, 1, 3, 4), "actor.relations": (1, 2, 5, 8),
    "actor.labels": (1, 2, 3, 3), "actor.offices": (1, 1, 2, 2), "actor.memberships": (1, 1, 2, 2),
    "demand.see": (1, 2, 3, 4), "demand.sources": (3, 4, 7, 9), "demand.made_by": (1, 2, 3, 4),
    "demand.addressed_to": (1, 1, 3, 4), "demand.basis": (1, 2, 5, 6), "demand.positions": (6, 12, 22, 29),
    "demand.holders": (4, 7, 11, 14), "demand.history": (3, 4, 8, 9),
    "instrument.sources": (1, 1, 2, 2), "instrument.signatories": (1, 2, 4, 4), "signatory.actors": (1, 2, 18, 21),
    "instrument.paragraphs": (2, 3, 11, 19), "instrument.deadlines": (1, 1, 3, 6), "provision.history": (1, 1, 3, 4),
    "instrument.lineage": (1, 3, 6, 14), "body.aliases": (1, 2, 4, 4), "body.sources": (1, 2, 4, 4),
    "body.members": (1, 2, 5, 5), "members.actors": (1, 1, 5, 7), "body.mandate": (1, 2, 6, 7),
    "body.heads": (1, 1, 3, 3), "meeting.aliases": (1, 2, 2, 4), "meeting.see": (1, 1, 3, 5),
    "meeting.sources": (1, 2, 4, 4), "meeting.seats": (2, 3, 6, 16),
    "meeting.absent": (1, 1, 2, 6), "meeting.outcome": (1, 2, 3, 6), "meeting.accounts": (2, 2, 8, 10),
    "event.see": (1, 2, 2, 3), "event.sources": (1, 2, 4, 8), "event.accounts": (1, 2, 6, 9),
    "event.involved": (1, 2, 3, 4), "involved.actors": (1, 1, 2, 5), "event.bears_on": (1, 3, 4, 5),
    "body.records": (1, 1, 1, 1), "term.sources": (1, 2, 2, 3), "statement.sources": (1, 1, 2, 3),
}
"""How many entries a list has, where there is one."""

RATES: dict[str, float] = {
    "actor.notes": 0.54, "actor.see": 0.88, "actor.accounts": 0.11, "actor.scripts": 0.95, "actor.part": 0.91,
    "actor.standing": 0.61, "actor.relations": 0.46, "actor.labels": 0.07, "actor.memberships": 0.46,
    "actor.members": 0.11, "actor.designations": 0.04, "actor.date": 0.07, "actor.wikidata": 0.37,
    "person.offices": 0.9, "relation.date": 0.28, "relation.note": 0.47, "statement.unverified": 0.12,
    "demand.aliases": 0.48, "demand.notes": 0.31, "demand.precondition": 0.62, "demand.basis": 0.97,
    "position.date": 0.96, "position.what": 0.86, "position.words": 0.22, "position.speaker": 0.62,
    "position.note": 0.08, "position.inferred": 0.09, "position.none": 0.05, "demand.status": 0.56,
    "instrument.symbol": 0.8, "instrument.signatories": 0.3, "instrument.provisions": 0.9,
    "instrument.deadlines": 0.6, "instrument.lineage": 0.85, "instrument.notes": 0.45, "instrument.meeting": 0.3,
    "instrument.accounts": 0.1, "instrument.see": 0.45, "provision.addressed_to": 0.58, "provision.history": 0.14,
    "deadline.history": 0.86, "deadline.due": 0.38, "deadline.target": 0.19, "body.scripts": 0.3, "body.date": 0.8,
    "body.part": 0.7, "body.members": 0.6, "body.heads": 0.9, "body.memberships": 0.4, "body.standing": 0.5,
    "body.relations": 0.2, "body.accounts": 0.1, "meeting.see": 0.83, "meeting.convener": 0.89,
    "meeting.part_of": 0.28, "meeting.absent": 0.72, "meeting.notes": 0.39, "meeting.accounts": 0.5,
    "meeting.agenda": 0.17, "meeting.time": 0.06, "seat.for": 0.59, "seat.date": 0.23, "seat.note": 0.2,
    "outcome.text": 0.25, "event.see": 0.94, "event.accounts": 0.76, "event.place": 0.88, "event.meeting": 0.35,
    "event.bears_on": 0.85, "event.notes": 0.27, "event.time": 0.02, "involved.note": 0.1, "account.figure": 0.33,
    "account.by": 0.75, "account.date": 0.85, "account.note": 0.1, "account.words": 0.1, "source.notes": 0.3,
    "source.date": 0.91, "source.author": 0.04, "source.close_to": 0.35, "source.arabic": 0.09, "term.see": 0.52,
    "term.scripts": 0.1, "term.aliases": 0.4, "term.loaded": 0.13, "outside.speaker": 0.36, "outside.seat": 0.24,
    "outside.by": 0.15, "outside.addressee": 0.3, "outside.member": 0.55,
}
"""How often a field is given, or an entry is of a sort."""

RARE: dict[str, float] = {
    "reviewed": 0.06, "formerly": 0.02, "odd name": 0.02, "succession": 0.04, "odd alias": 0.01, "room": 0.1,
    "economic and other categories": 0.15, "votes cast": 0.2, "certainty": 0.3,
    "convened on": 0.4,
}
"""Shapes that the project's own dossier hardly has, and another one may."""

EXTRA: dict[str, tuple[float, str]] = {
    "actor.memberships.note": (0.06, "head.note"), "actor.standing.note": (0.1, "head.note"),
    "actor.designations.note": (0.6, "label.note"), "body.mandate.note": (0.08, "head.note"),
    "body.standing.note": (0.1, "head.note"), "demand.history.note": (0.02, "position.note"),
    "instrument.provisions.note": (0.06, "reading.note"), "instrument.provisions.history.note": (0.25, "reading.note"),
    "instrument.deadlines.note": (0.03, "reading.note"), "meeting.outcome.note": (0.02, "absence.why"),
    "actor.labels.words": (0.2, "account.words"), "event.accounts.time": (0.01, ""), "meeting.accounts.time": (0.03, ""),
    "demand.history.time": (0.02, ""), "body.notes": (0.1, "actor.notes"), "body.see": (0.1, ""),
    "term.notes": (0.04, "term.definition"), "source.archived": (0.01, ""), "source.path": (0.05, ""),
    "event.accounts.accept": (0.01, ""), "event.formerly": (0.02, ""), "demand.formerly": (0.02, ""),
    "actor.formerly": (0.02, ""), "instrument.vote.not_voting": (0.1, ""), "instrument.vote.abstaining": (0.1, ""),
}
"""Fields that are seldom given: the path from the kind on, how often the record there has it, what its text is like."""

UNFOUNDED: dict[str, float] = {
    "event": 0.04, "instrument": 0.03, "term": 0.02, "demand.positions": 0.004, "instrument.provisions": 0.01,
    "instrument.provisions.history": 0.15, "instrument.deadlines.history": 0.1, "instrument.vote": 0.08,
}
"""Records that say `unverified` in place of their sources, and how often."""

LATER: dict[str, float] = {
    "event": 0.08, "meeting": 0.16, "instrument": 0.15, "body": 0.15, "source": 0.29, "position": 0.23, "history": 0.25,
    "standing": 0.03, "office": 0.02,
}
"""How much is later than the dossier's day."""

LISTED_UNDER_SEE: dict[str, int] = {
    "event": 213, "demand": 90, "actor": 40, "instrument": 30, "meeting": 34, "body": 10, "term": 18,
}
"""What the links under `see` lead to, by kind."""

TAILS: dict[str, tuple[float, float]] = {
    "actor": (1.5, 1.0), "instrument": (0.5, 1.0), "body": (0.3, 1.2), "demand": (3.0, 0.5), "meeting": (1.0, 0.7),
    "event": (4.0, 0.5), "term": (4.0, 0.3), "source": (1.0, 0.85),
}
"""How unequally briefs of a kind are referred to: the odds of the n-th are 1 / (n + a) ** b."""

MAIN_ACTORS, MAIN_DEMANDS, FIRST_READS = 12, 15, 5
"""The same at every size: the matrix starts from these, and a newcomer from those."""

# --- time ----------------------------------------------------------------------------------------------------

AS_OF = date(2061, 2, 3).toordinal()
SPAN = 30 * 365
AHEAD = 3 * 365

# --- odds ----------------------------------------------------------------------------------------------------


class Odds:
    """A list to draw from, each entry with its own weight."""

    def __init__(self, entries: Sequence[Any], weights: Iterable[float]) -> None:
        self.entries = list(entries)
        self.sums = list(accumulate(weights))

    @classmethod
    def of(cls, table: dict[str, int]) -> Odds:
        return cls(list(table), table.values())

    @classmethod
    def tailed(cls, entries: Sequence[Any], kind: str) -> Odds:
        """The first entries are drawn very often, most others seldom."""
        offset, exponent = TAILS[kind]
        return cls(entries, ((rank + offset) ** -exponent for rank in range(1, len(entries) + 1)))

    def draw(self, rng: random.Random, start: int = 0, end: int | None = None) -> Any:
        """One entry, of all or of those from `start` to before `end`."""
        end = len(self.entries) if end is None else end
        low, high = (self.sums[start - 1] if start else 0.0), self.sums[end - 1]
        at = bisect_right(self.sums, low + rng.random() * (high - low), start, end)
        return self.entries[min(at, end - 1)]


# --- words ---------------------------------------------------------------------------------------------------

ONSETS = [("b", "ب"), ("d", "د"), ("f", "ف"), ("g", "غ"), ("h", "ه"), ("j", "ج"), ("k", "ك"), ("l", "ل"), ("m", "م"),
          ("n", "ن"), ("q", "ق"), ("r", "ر"), ("s", "س"), ("sh", "ش"), ("t", "ت"), ("v", "ف"), ("z", "ز"),
          ("br", "بر"), ("dr", "در"), ("tr", "تر"), ("kh", "خ")]
VOWELS = [("a", "ا"), ("e", "ي"), ("i", "ي"), ("o", "و"), ("u", "و")]
CODAS = [("", ""), ("", ""), ("n", "ن"), ("r", "ر"), ("l", "ل"), ("m", "م"), ("s", "س"), ("th", "ث"), ("sk", "سك"),
         ("rn", "رن"), ("ld", "لد"), ("v", "ف")]
RESPELLINGS = [("kh", "h"), ("q", "k"), ("v", "w"), ("e", "i"), ("o", "u"), ("sh", "ch"), ("j", "dj"), ("th", "t"),
               ("u", "ou"), ("l", "ll"), ("s", "ss"), ("i", "y"), ("a", "e")]
ACCENTS = str.maketrans({"a": "á", "e": "ë", "o": "ö", "u": "ü", "s": "š", "l": "ł", "z": "ž"})
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")

ACTOR_TYPES = (
    "government", "opposition body", "state", "state", "UN organ", "international organisation", "delegation",
    "state", "armed group", "state", "coalition", "UN office")
"""The actors referred to most, in order; the rest are drawn from the odds below."""
OTHER_TYPES = Odds.of({"person": 22, "state": 8, "armed group": 6, "international organisation": 2,
                       "civil-society body": 3, "coalition": 1, "community": 1, "political party": 2,
                       "armed force": 1, "diplomatic group": 1, "other": 1, "anonymous source": 1,
                       "opposition body": 1})
ACTOR_NAMES = {"person": ("{0} {1}", "اسم"), "government": ("Government of {0}", "حكومة"),
               "state": ("Republic of {0}", "جمهورية"), "opposition body": ("{0} Negotiating Council", "مجلس"),
               "UN organ": ("Assembly of {0}", "جمعية"),
               "international organisation": ("Union of {0} States", "اتحاد"),
               "delegation": ("Delegation of {0}", "وفد"), "armed group": ("{0} Front", "جبهة"),
               "coalition": ("{0} Coalition", "ائتلاف"), "UN office": ("{0} Aid Office", "مكتب"),
               "civil-society body": ("{0} Observatory", "مرصد"), "community": ("Displaced people of {0}", "أهالي"),
               "political party": ("{0} Union Party", "حزب"), "armed force": ("{0} Coast Guard", "قوات"),
               "diplomatic group": ("Friends of {0}", "أصدقاء"), "other": ("{0} Register", "سجل"),
               "anonymous source": ("Official close to the {0} talks", "مصدر")}
BODY_NAMES = {
    "contact group": "{0} Support Group", "task force": "Task Force on {1}", "consultation track": "{0} Consultations",
    "committee": "{0} Committee on {1}", "envoy's office": "Office of the Envoy for {0}",
    "working group": "Working Group on {1}", "advisory body": "{0} Advisory Board", "mission": "{0} Observer Mission",
    "commission": "{0} Commission", "negotiation format": "{0} Format"}
SUBJECTS = (
    "crossings", "detainees", "the harbour", "ceasefire lines", "water", "relief convoys", "the census", "elections",
    "the constitution", "customs", "the lighthouse fund", "school books", "mines", "returning families", "pensions",
    "fishing grounds", "the railway", "missing persons", "local councils", "the archive", "power stations",
    "broadcasts", "salaries", "the old quarter", "bridges", "seed grain", "the hospital ships", "prisoner lists",
    "land records", "river dues", "the buffer strip", "observers", "heavy weapons", "night flights", "amnesty",
    "the reconstruction fund", "district courts", "the coastal road", "passports", "the vaccine stores")
VERBS = (
    "reopen", "hand over", "extend", "verify", "limit", "share", "suspend", "inspect", "restore", "postpone",
    "register", "protect", "publish", "withdraw", "guarantee", "recount", "replace", "escort", "finance", "map")
VERBS_PAST = (
    "reopened", "handed over", "extended", "verified", "limited", "shared", "suspended", "inspected", "restored",
    "postponed", "registered", "protected", "published", "halted", "guaranteed", "recounted", "replaced", "escorted",
    "financed", "mapped", "questioned", "welcomed", "rejected", "described", "weighed", "contested", "repeated")
ADJECTIVES = (
    "quiet", "standing", "mixed", "joint", "timely", "northern", "partial", "civil", "formal", "neutral", "seasonal",
    "broad", "written", "local", "maritime", "temporary", "sealed", "phased", "reciprocal", "technical", "general",
    "silent", "speedy", "common", "guarded", "direct", "parallel", "frozen", "shared", "limited", "permanent", "remote",
    "civilian", "transitional", "provisional", "public", "closed", "central", "southern", "lower", "medical", "coastal")
NOUNS = (
    "corridor", "roll", "patrol", "pause", "register", "clause", "zone", "list", "guarantee", "channel", "calendar",
    "passport", "paragraph", "quorum", "mandate", "passage", "line", "track", "basket", "notice", "reading", "paper",
    "round", "truce", "permit", "seat", "supplement", "sequence", "safeguard", "handover", "convoy", "ledger", "buffer",
    "transfer", "ledger book", "timetable", "hearing", "proposal", "monitor", "restraint", "district", "settlement")
REASONS = (
    "because the season was late", "before the roads closed", "after two nights of shelling", "without naming a date",
    "on the terms of the year before", "under the eyes of both shores", "for as long as the count lasts",
    "against the advice of its own commanders", "in a letter to the mediator", "at the request of the elders",
    "once the lists had been compared", "while the observers were away", "as a gesture that binds nobody",
    "in exchange for safe passage", "subject to inspection at both ends", "with the consent of the district",
    "within the limits of the earlier text", "in spite of the protest", "until the commission has met",
    "for the first time in a decade", "with fewer people than announced", "in the margins of the assembly",
    "on the strength of one report", "under a flag of its own", "by a narrow majority of its members",
    "after a week of messages through a third state", "before the heads of delegation arrived",
    "with a reservation about the map", "at the old customs house", "beyond the reach of the artillery")
SUBJECT_PHRASES = ("The side that holds the port", "A spokesman", "The delegation", "The council", "The mediator",
                   "The eastern district", "The harbour master", "A senior officer", "The relief office", "A monitor",
                   "The families' association", "The assembly", "A minister", "The joint secretariat",
                   "The chief negotiator", "A letter of that week", "The second delegation", "The guarantor",
                   "The committee of elders", "The other shore")
SENTENCES = (
    "{actor} {past} {subject} at {place} {reason}",
    "{actor} asked {actor} to {verb} {subject} {reason}",
    "At {place} {actor} {past} what {text} says of {subject}",
    "The {adjective} {noun} that {actor} proposed was {past} by {actor} {reason}",
    "{actor} and {actor} disagreed on {subject}, and neither {past} the {adjective} {noun}",
    "During {meeting} {actor} {past} {subject} {reason}",
    "{text} asks that {subject} be left to {actor} {reason}",
    "After {event} {actor} {past} the {noun} near {place}",
    "{event} changed little for {actor}, who {past} {subject} {reason}",
    "{actor} ties {demand} to the {adjective} {noun} {reason}",
    "Until {event} the {noun} at {place} stood under {actor}",
    "{actor} said that it would {verb} {subject} only when {actor} does the same",
    "In {month} {actor} told {body} that {subject} came before any {adjective} {noun}",
    "{demand} rests on {text}, as {actor} reads it", "{text} does not speak of {demand} {reason}",
    "{actor} cites {text} and {text} for {demand}", "{actor} put {demand} to {actor} {reason}",
    "{actor} {past} {text} {reason}",
    "Between {place} and {place} {actor} counted {number} crossings {reason}",
    "The {adjective} {noun} of {month} is known from {actor} alone",
    "{actor} leads the talks on {subject} for {actor} {reason}",
    "What {meeting} left to {body} was the {noun}, which {actor} {past} {reason}",
    "{actor} holds that a {noun}, in the sense of {term}, was never the aim of {text}",
    "Since {event} and {event} the {adjective} {noun} has been in doubt {reason}")
"""Sentences with references; a name in braces is filled in, and linked where the text has room for it."""
CLAUSES = (
    "{Subject} {past} {subject} {reason}", "{Subject} wants to {verb} {subject} {reason}",
    "{Subject} {past} the {adjective} {noun} at {place}", "The {noun} of {month} covers {subject} {reason}",
    "The {adjective} {noun} at {place} was {past} {reason}", "{Subject} counts {number} cases of {subject}",
    "No {adjective} {noun} was {past} {reason}", "It would {verb} {subject} {reason}")
RELIABILITY = (
    "Careful, and close to {place}", "Good for what was said, weaker on numbers",
    "An unsigned summary of other reports", "The text as issued",
    "Partisan; good for that side's own view",
    "A copy whose wording may have been trimmed",
    "First-hand, with a week's delay", "A respected observer of the talks on {subject}")
EVENT_NAMES = (
    "Truce at {place}", "Convoy reaches {place}", "Shelling of {place}", "{place} falls silent", "Letter from {place}",
    "Walk-out at {place}", "March on {place}", "Families leave {place}", "Exchange of lists at {place}",
    "Count of the dead at {place}", "Statement on {subject} from {place}", "Offensive towards {place}",
    "{place} bridge reopened", "Delegates arrive in {place}", "Vote on {subject} at {place}", "Claim about {place}",
    "Blockade of {place}", "Resignation over {subject} at {place}")
EVENT_NAME_ENDS = ("", " after the {noun}", " despite the {adjective} {noun}", " during the {noun}", " ({month})")
DEMAND_NAMES = (
    "{Verb} {subject} at {place}", "{Verb} {subject} around {place}", "{Verb} {subject} before talks on {place}",
    "A {adjective} {noun} for {place}", "Seats for {place} in the {adjective} {noun}")
TITLES = (
    "{place}: {Subject} {past} {subject}", "{Subject} to {verb} {subject} at {place}", "{place} waits for a {noun}",
    "What the {adjective} {noun} means for {place}", "Talks on {subject} move to {place}",
    "\"No {noun} without us\": {place} on {subject}", "Minutes on {subject}, {place}")
PUBLISHERS = ("{place} Ledger", "{place} Gazette", "{place} Press Agency", "Radio {place}", "Voice of {place}",
              "{place} Review", "{place} Institute", "The {place} Post", "{place} Wire", "{place} Today")
SOURCE_TYPES = Odds.of({"newspaper": 62, "wire copy": 57, "broadcaster": 36, "wire": 29, "official statement": 28,
                        "aggregator": 13, "analysis": 12, "UN press release": 12, "encyclopedia": 7, "NGO report": 2,
                        "interview": 2, "book": 1, "treaty": 1})
STANCES = Odds.of({"supports": 243, "conditional": 54, "opposes": 53, "unclear": 29})
STATUSES = Odds.of({"open": 33, "not met": 16, "partly met": 7, "under discussion": 6, "refused": 4,
                    "agreed in principle": 3, "met": 2, "disputed": 1, "overtaken": 1, "withdrawn": 1})
PROVISION_STATUSES = Odds.of({"done": 21, "partly done": 11, "pending": 7, "overdue": 5, "disputed": 4, "unknown": 3})
CATEGORIES = Odds.of({"representation": 8, "humanitarian": 7, "political": 6, "military": 4, "procedural": 4})
STANDINGS = Odds.of({"supporter": 15, "party": 9, "outside": 7, "excluded": 5, "disputed": 4, "mediator": 3,
                     "convener": 2, "host": 2, "invited": 2, "withdrawn": 1, "consulted": 2, "observer": 1,
                     "guarantor": 1, "facilitator": 1})
RELATIONS = Odds.of({"supports": 19, "opposes": 18, "fights": 13, "related to": 2, "sponsors": 2, "mandates": 2,
                     "mediates with": 2, "allied with": 2, "appointed": 1, "sees as an enemy": 1, "leads": 1,
                     "rival of": 1, "represents": 1, "advises": 1, "reports to": 1, "hosts": 1, "includes": 1})
EVENT_TYPES = Odds.of({"diplomatic": 22, "statement": 12, "humanitarian": 8, "political": 7, "military": 6,
                       "claim": 5, "estimate": 3, "attack": 3})
EVENT_ROLES = Odds.of({"did": 34, "said": 31, "concerned": 31, "took part": 26, "reported": 9, "suffered": 6,
                       "claimed": 3})
INSTRUMENT_TYPES = Odds.of({"resolution": 12, "joint statement": 4, "presidential statement": 2, "communique": 1,
                            "statement": 1, "agreement": 1, "decision": 1, "plan": 1})
LINEAGES = Odds.of({"reaffirms": 49, "implements": 7, "endorses": 4, "renews": 4, "annexes": 2, "supersedes": 1,
                    "amends": 1})
ACTS = Odds.of({"accepted": 8, "not asked": 4, "signed": 3, "refused": 1, "accepted with reservations": 1,
                "withdrew": 1})
FORMATS = Odds.of({"proximity": 6, "ministerial": 5, "conference": 3, "informal": 2, "preparatory": 1,
                   "consultation": 1, "direct": 1, "shuttle": 1})
MANDATE_ACTS = Odds.of({"amended": 11, "renewed": 6, "suspended": 2})
BOUNDS = Odds.of({"exactly": 24, "about": 7, "more than": 6, "at least": 3, "at most": 1})
OPERATIVE = ("calls on", "demands", "requests", "decides", "endorses", "urges", "welcomes", "stresses", "reaffirms",
             "expresses concern at", "encourages", "takes note of", "condemns")
PREAMBLE = ("recalling", "reaffirming", "noting", "reiterating", "welcoming", "expressing its concern about")
OFFICES = ("Special Envoy", "Foreign Minister", "Head of the delegation", "Spokesman", "Minister of Ports",
           "Chief negotiator", "Ambassador", "Commander of the northern district", "Coordinator for relief",
           "Chair of the council", "Deputy Minister for Water", "Secretary-General")
ROLES = ("head of delegation", "delegates", "Special Envoy", "chair", "adviser on {subject}", "observers", "co-chair",
         "its delegates", "ministers", "note-taker for {place}")
ODD_NAMES = ("{0} & Sons", "O'{0}", "{0}: the mainland", "The *Old* {0}", "{0}_{0} | {0} [interim]")
ODD_ALIASES = ("NO", "off", "10:17", "1e3", "017", "1961-02")
UNITS = ("people killed", "families", "lorries", "air raids", "members", "villages", "boats", "detainees", "ballots")
ON = ("Number {unit}", "Whether the {noun} was {past}", "Who began it", "Where the line ran", "Day of the {noun}",
      "How far the {noun} reached")
PUT = Odds.of({"yes": 10, "no": 3, "in part": 3, "disputed": 2})
CERTAINTIES = ("could not be confirmed", "by its own count", "according to people who were there", "beyond doubt")
INVITED = Odds.of({"no": 9, "yes": 5, "not known": 4, "withdrawn": 1, "put off to another day": 1})

PROSE_FIELDS = frozenset({
    "summary", "what", "note", "notes", "says", "why", "part", "ask", "definition", "reliability", "situation",
    "about", "item"})

Fields = dict[str, Any]


@dataclass
class Brief:
    """A brief before and while it is written: who or what it is, its day, and its fields in order."""

    kind: str
    id: str
    name: str
    day: int
    type: str = ""
    until: int = 0
    founded: int | None = None
    paragraphs: list[str] = field(default_factory=list)
    """For an instrument: the labels of its operative paragraphs."""
    document: Brief | None = None
    """For an instrument: the source that is its text."""
    meeting: Brief | None = None
    fields: Fields = field(default_factory=dict)


# --- the corpus ----------------------------------------------------------------------------------------------


class Corpus:
    """Makes up the whole dossier. First who and what there is, then what each brief says."""

    def __init__(self, size: int, seed: int, prefix: str = "") -> None:
        self.rng = random.Random(seed)
        self.aside = random.Random(seed + 1)
        """For what was added later, so that all the rest stays as it was."""
        self.seldom = random.Random(seed + 2)
        self.prefix = prefix
        """What every id begins with: two dossiers with different ones can lie in one folder."""
        self.counts = kind_counts(size)
        self.horizon = AS_OF + (AHEAD if self.counts["source"] >= 10 else 0)
        """The day of the latest source: nothing is dated later, for nothing could carry it."""
        self.ids: set[str] = {"index", "404"}
        self.names: set[str] = set()
        self.referred: set[str] = set()
        self.cited: set[str] = set()
        self.places = [self.word(2, 3)[0] for _ in range(max(6, size // 12))]
        self.outsiders = [" ".join(self.person_name()[0]) for _ in range(max(4, size // 20))]
        self.briefs: dict[str, list[Brief]] = {kind: [] for kind in SHARES}
        self.by_id: dict[str, Brief] = {}
        self.cast()

    # -- drawing

    def chance(self, what: str) -> bool:
        return self.rng.random() < RATES[what]

    def of(self, odds: Odds) -> str:
        return str(odds.draw(self.rng))

    def spread(self, spread: Spread) -> int:
        """A number between the percentiles, evenly within each stretch."""
        low, middle, high, top = spread
        u = self.rng.random()
        if u < 0.1:
            return low
        if u < 0.5:
            value = low + (middle - low) * (u - 0.1) / 0.4
        elif u < 0.9:
            value = middle + (high - middle) * (u - 0.5) / 0.4
        else:
            value = high + (top - high) * ((u - 0.9) / 0.1) ** 2
        return int(value + 0.5)

    def some(self, what: str) -> range:
        return range(self.spread(COUNTS[what]))

    def day(self, what: str = "") -> int:
        """A day of the thirty years: the last two are dense, and some days are later than the dossier's."""
        if self.horizon > AS_OF and self.rng.random() < LATER.get(what, 0.0):
            return AS_OF + 1 + int((AHEAD - 2) * self.rng.random() ** 2)
        if self.rng.random() < 0.4:
            return AS_OF - int(730 * self.rng.random() ** 2)
        return AS_OF - int(SPAN * self.rng.random())

    def after(self, day: int, what: str = "") -> int:
        """A day from `day` on, nearer to it than to the end; later than the dossier's day as often as is usual."""
        if day <= AS_OF and self.rng.random() >= LATER.get(what, 0.05):
            end = AS_OF
        else:
            day, end = max(day, min(AS_OF + 1, self.horizon)), self.horizon
        return day + int(max(0, end - day) * self.rng.random() ** 1.5)

    # -- names

    def word(self, low: int, high: int) -> tuple[str, str]:
        """An invented word in Latin and in Arabic letters."""
        latin = arabic = ""
        syllables = self.rng.randint(low, high)
        for syllable in range(syllables):
            closed = syllable == syllables - 1 or self.rng.random() < 0.25
            for part in (ONSETS, VOWELS, CODAS) if closed else (ONSETS, VOWELS):
                one, other = self.rng.choice(part)
                latin, arabic = latin + one, arabic + other
        if len(latin) < 5:
            return self.word(low, high)
        return latin.capitalize(), arabic

    def person_name(self) -> tuple[tuple[str, str], str]:
        first, second = self.word(2, 2), self.word(2, 3)
        family = self.rng.choice(("{}", "{}", "al-{}", "de {}")).format(second[0])
        return (first[0], family), f"{first[1]} {second[1]}"

    def other_spelling(self, name: str) -> str:
        """The name as somebody else might write it in Latin letters."""
        for _ in range(4):
            old, new = self.rng.choice(RESPELLINGS)
            at = name.rfind(old)
            if at > 0:
                return name[:at] + new + name[at + len(old):]
        return name[:-3] + name[-3:].translate(ACCENTS)

    def taken_id(self, wish: str) -> str:
        """An id of its own made of a name."""
        plain = re.sub(r"[^a-z0-9]+", "-", wish.lower()).strip("-")
        if len(plain) > 34:
            plain = plain[:30].rpartition("-")[0]
        plain = self.prefix + plain
        new, number = plain, 2
        while new in self.ids:
            new, number = f"{plain}-{number}", number + 1
        self.ids.add(new)
        return new

    def new_name(self, make: Callable[[], str]) -> str:
        """A name that no other brief has."""
        name = make()
        for attempt in range(2, 40):
            if name not in self.names:
                break
            name = make() if attempt < 6 else f"{make()} ({self.rng.randint(2, 999)})"
        self.names.add(name)
        return name

    # -- who and what there is

    def cast(self) -> None:
        self.cast_actors()
        for kind in ("body", "meeting", "instrument", "event", "demand", "term"):
            for rank in range(self.counts[kind]):
                getattr(self, f"cast_{kind}")(rank)
        self.cast_sources()
        self.odds = {kind: Odds.tailed(briefs, kind) for kind, briefs in self.briefs.items() if briefs}
        self.people = Odds.tailed([b for b in self.briefs["actor"] if b.type == "person"], "actor")
        self.parties = Odds.tailed([b for b in self.briefs["actor"] if b.type != "person"], "actor")
        self.by_day = {kind: sorted(briefs, key=lambda b: (b.day, b.id)) for kind, briefs in self.briefs.items()}
        self.days = {kind: [b.day for b in briefs] for kind, briefs in self.by_day.items()}
        dated = self.by_day["source"]
        offset, exponent = TAILS["source"]
        ranks = self.rng.sample(range(1, len(dated) + 1), len(dated))
        self.sources = Odds(dated, ((rank + offset) ** -exponent for rank in ranks))
        self.standbys = Odds.tailed(dated[-max(1, len(dated) // 60):], "source")
        """Late overviews, cited for everything before them."""
        self.see_kinds = Odds.of({k: n for k, n in LISTED_UNDER_SEE.items() if self.briefs[k]})
        self.sentences = [s for s in SENTENCES if all(
            self.briefs.get({"text": "instrument"}.get(slot, slot), [1]) for slot in re.findall(r"\{(\w+)\}", s))]

    def add(self, kind: str, name: str, day: int, wish: str = "", type: str = "") -> Brief:
        brief = Brief(kind, self.taken_id(wish or name), name, day, type)
        self.briefs[kind].append(brief)
        self.by_id[brief.id] = brief
        return brief

    def cast_actors(self) -> None:
        for rank in range(self.counts["actor"]):
            type = ACTOR_TYPES[rank] if rank < len(ACTOR_TYPES) else self.of(OTHER_TYPES)
            pattern, prefix = ACTOR_NAMES[type]
            if type == "person":
                (given, family), arabic = self.person_name()
                name, sort = self.new_name(lambda g=given, f=family: f"{g} {f}"), f"{family}, {given}"
                if name != f"{given} {family}":
                    sort = name
            else:
                word, letters = self.word(2, 3)
                odd = self.rng.choice(ODD_NAMES) if self.rng.random() < RARE["odd name"] and rank > 20 else pattern
                name = self.new_name(lambda o=odd, w=word: o.format(w))
                arabic, sort = f"{prefix} {letters}", ""
            actor = self.add("actor", name, self.day(), type=type)
            if type != "person" and self.chance("actor.date"):
                actor.founded = actor.day
            actor.fields.update(_arabic=arabic, _sort=sort, _short="" if type == "person" else word)

    def cast_body(self, rank: int) -> None:
        types = list(BODY_NAMES)
        type = types[rank % len(types)]
        name = self.new_name(lambda: BODY_NAMES[type].format(self.word(2, 3)[0], self.rng.choice(SUBJECTS)))
        body = self.add("body", name, self.day("body"), type=type)
        if self.chance("body.date"):
            body.founded = body.day

    def cast_meeting(self, rank: int) -> None:
        rounds = [m for m in self.briefs["meeting"][-30:] if m.until > m.day and m.meeting is None]
        parent = self.rng.choice(rounds) if rounds and self.chance("meeting.part_of") else None
        day = self.rng.randint(parent.day, parent.until) if parent else self.day("meeting")
        place = self.rng.choice(self.places)
        sort = self.rng.choice(("Session", "Sitting") if parent else ("Round", "Conference", "Ministers"))
        pattern = (f"{sort} on {{subject}} at {place} ({in_words(day)})" if parent
                   else f"{sort} of {place} on {{subject}} ({{month}})")
        name = self.new_name(lambda: self.fill(pattern, day))
        meeting = self.add("meeting", name, day)
        meeting.type, meeting.meeting = place, parent
        long = parent is None and self.rng.random() < 0.6
        meeting.until = min(self.horizon, day + self.rng.choice((1, 3, 8, 15, 40))) if long else day

    def cast_instrument(self, rank: int) -> None:
        type, day = self.of(INSTRUMENT_TYPES), self.day("instrument")
        year, place = date.fromordinal(day).year, self.rng.choice(self.places)
        number = 1000 + 7 * rank + self.rng.randint(0, 6)
        if type == "resolution":
            pattern, wish = f"Resolution {number} ({year}): {{subject}} and the {{noun}} at {place}", f"res-{number}"
        elif type == "presidential statement":
            pattern = f"Statement by the President {year}/{number % 97}: {{subject}}, {place}"
            wish = f"prst-{year}-{number % 97}"
        else:
            pattern = f"{place} {type.capitalize()} on {{subject}} and the {{noun}} ({year})"
            wish = f"{place}-{type}-{year}"
        name = self.fill(pattern, day)
        text = self.add("instrument", self.new_name(lambda: name), day, wish, type)
        text.fields["_number"] = number
        if self.chance("instrument.provisions"):
            label = self.rng.choice(("OP{}", "OP{}", "OP{}", "Article {}", "Point {}"))
            text.paragraphs = [label.format(n + 1) for n in self.some("instrument.paragraphs")]

    def cast_event(self, rank: int) -> None:
        meeting = (self.rng.choice(self.briefs["meeting"])
                   if self.briefs["meeting"] and self.chance("event.meeting") else None)
        day = self.rng.randint(meeting.day, meeting.until) if meeting else self.day("event")
        pattern = self.rng.choice(EVENT_NAMES) + self.rng.choice(EVENT_NAME_ENDS)
        name = self.new_name(lambda: self.fill(pattern, day))
        event = self.add("event", name, day, type=self.of(EVENT_TYPES))
        event.meeting = meeting

    def cast_demand(self, rank: int) -> None:
        pattern = self.rng.choice(DEMAND_NAMES)
        self.add("demand", self.new_name(lambda: self.fill(pattern, AS_OF)), min(AS_OF, self.day()))

    def cast_term(self, rank: int) -> None:
        name = self.new_name(lambda: f"{self.rng.choice(ADJECTIVES)} {self.rng.choice(NOUNS)}".capitalize())
        self.add("term", name, self.day(), f"term-{name}" if self.rng.random() < 0.02 else name)

    def cast_sources(self) -> None:
        """The texts' own documents first, as far as there are sources; one source is later than everything."""
        count = self.counts["source"]
        for text in self.briefs["instrument"][: max(0, count - 1)]:
            text.document = self.add("source", f"{text.name}, full text", text.day, f"doc-{text.id}", "UN document")
        publishers = [self.rng.choice(PUBLISHERS).format(place=self.rng.choice(self.places))
                      for _ in range(max(3, count // 4))]
        known = Odds.tailed(publishers, "source")
        while len(self.briefs["source"]) < count:
            last = len(self.briefs["source"]) == count - 1
            day = self.horizon if last else min(self.horizon, self.day("source") + self.rng.choice((0, 0, 1, 2, 9)))
            publisher = known.draw(self.rng)
            title = self.fill(self.rng.choice(TITLES), day)
            size = self.spread(LENGTHS["source.title"])
            while len(title) < size - 20:
                title += f", {self.rng.choice(REASONS)}"
            wish = f"{publisher.lower().replace(' ', '-')[:14]}-{self.rng.choice(NOUNS)}"
            source = self.add("source", title, day, wish, self.of(SOURCE_TYPES))
            source.fields["publisher"] = publisher

    # -- references

    def refer(self, brief: Brief) -> str:
        self.referred.add(brief.id)
        return brief.id

    def any_of(self, odds: Odds, *without: str) -> Brief | None:
        """A brief to refer to, other than these; None where there is hardly another."""
        for _ in range(8):
            if not odds.entries:
                return None
            brief: Brief = odds.draw(self.rng)
            if brief.id not in without:
                return brief
        return None

    def near(self, kind: str, day: int, *without: str) -> Brief | None:
        """A brief of a kind from about that time."""
        briefs, middle = self.by_day[kind], bisect_left(self.days[kind], day)
        width = max(4, len(briefs) // 25)
        for _ in range(4):
            at = middle + self.rng.randint(-width, width)
            if 0 <= at < len(briefs) and briefs[at].id not in without:
                return briefs[at]
        return self.any_of(self.odds[kind], *without) if kind in self.odds else None

    def to(self, kind: str, day: int, *without: str) -> Brief | None:
        """A brief of a kind to link: what happened from about that time, everything else by how well known it is."""
        if kind in ("event", "meeting") and self.rng.random() < 0.7:
            return self.near(kind, day, *without)
        return self.any_of(self.odds[kind], *without) if kind in self.odds else None

    def party(self, *without: str, outside: float = 0.0) -> str | Fields:
        """Somebody who negotiates: an actor that is no person, now and then a body, or somebody outside."""
        if self.rng.random() >= outside:
            odds = self.odds["body"] if "body" in self.odds and self.rng.random() < 0.07 else self.parties
            brief = self.any_of(odds, *without) or self.any_of(self.odds["actor"], *without)
            if brief is not None:
                return self.refer(brief)
        return {"outside": self.rng.choice(self.outsiders)}

    def parties_of(self, what: str, *without: str, outside: float = 0.0) -> list[str | Fields]:
        """Several, each once."""
        found: list[str | Fields] = []
        taken = list(without)
        for _ in self.some(what):
            party = self.party(*taken, outside=outside)
            if party not in found:
                found.append(party)
                if isinstance(party, str):
                    taken.append(party)
        return found

    def person(self, *without: str, outside: float = 0.0) -> str | Fields:
        brief = self.any_of(self.people, *without) if self.rng.random() >= outside else None
        return self.refer(brief) if brief else {"outside": self.rng.choice(self.outsiders)}

    def text(self, *without: str, before: int | None = None) -> str | None:
        """A text, down to a paragraph where it has one; None where the one drawn is not from before that day."""
        brief = self.any_of(self.odds["instrument"], *without) if "instrument" in self.odds else None
        if brief is None or (before is not None and brief.day >= before):
            return None
        return self.paragraph_of(brief, 0.6)

    def paragraph_of(self, text: Brief, share: float) -> str:
        id = self.refer(text)
        if text.paragraphs and self.rng.random() < share:
            return f"{id}#{anchor(self.rng.choice(text.paragraphs))}"
        return id

    def source(self, day: int, late: float = 0.14) -> str:
        """A source that is not older than the day: mostly from the time after it."""
        start = bisect_left(self.days["source"], day)
        total = len(self.sources.entries)
        first = self.standbys.entries[0]
        if first.day >= day and self.rng.random() < late:
            brief = self.standbys.draw(self.rng)
        else:
            brief = self.sources.draw(self.rng, start, min(total, start + max(6, total // 30)))
        self.cited.add(brief.id)
        return str(brief.id)

    def some_sources(self, what: str, day: int) -> list[str]:
        return list(dict.fromkeys(self.source(day) for _ in self.some(what)))

    def carried(self, day: int | None, unverified: float | None = None) -> Fields:
        """What carries a statement: sources from its day on, or the admission that there is none."""
        if self.rng.random() < (RATES["statement.unverified"] if unverified is None else unverified):
            return {"unverified": "true"}
        return {"sources": self.some_sources("statement.sources", AS_OF - 200 if day is None else day)}

    def document(self, text: Brief, place: str, day: int) -> list[str]:
        """The text itself as the source, down to the place."""
        if text.document is None:
            return [self.source(day)]
        self.cited.add(text.document.id)
        return [f"{text.document.id}, {place}" if place else text.document.id]

    def see(self, brief: Brief, what: str) -> list[str]:
        found: list[str] = []
        for _ in self.some(what):
            other = self.to(self.see_kinds.draw(self.rng), brief.day, brief.id)
            if other is not None and other.id not in found:
                found.append(self.refer(other))
        return found

    # -- dates

    def when(self, day: int) -> str:
        """The day, mostly to the day, sometimes no more than its month, its year or about then."""
        text = date.fromordinal(min(day, self.horizon)).isoformat()
        u = self.rng.random()
        if u < 0.9:
            return text
        shapes = (text[:7], text[:7], text + "~", text + "~", text + "?", text + "?", text[:4], text[:7] + "~",
                  text[:4] + "?", text[:7] + "%", text[:4] + "-XX", text[:7] + "-XX", text[:3] + "X")
        return shapes[int((u - 0.9) * 10 * len(shapes))]

    def since(self, day: int, until: int | None = None) -> str:
        """From a day on: still so, ended, or with an end that nobody knows."""
        text = date.fromordinal(day).isoformat()
        text = self.rng.choice((text, text, text, text, text[:7], text[:4]))
        if until is not None:
            return f"{text}/{max(text, date.fromordinal(until).isoformat())}"
        return f"{text}/.." if self.rng.random() < 0.93 else f"{text}/"

    def clock(self) -> str:
        return f"{self.rng.randint(7, 22):02}:{self.rng.choice(('00', '15', '30', '45'))}+01:00"

    # -- prose

    def plain(self, slot: str, day: int) -> str:
        """What fills a name in braces that is no reference."""
        rng = self.rng
        if slot == "place":
            return rng.choice(self.places)
        if slot == "subject":
            return rng.choice(SUBJECTS)
        if slot == "Subject":
            return rng.choice(SUBJECT_PHRASES)
        if slot == "verb":
            return rng.choice(VERBS)
        if slot == "Verb":
            return rng.choice(VERBS).capitalize()
        if slot == "past":
            return rng.choice(VERBS_PAST)
        if slot == "adjective":
            return rng.choice(ADJECTIVES)
        if slot == "noun":
            return rng.choice(NOUNS)
        if slot == "reason":
            return rng.choice(REASONS)
        if slot == "unit":
            return rng.choice(UNITS)
        if slot == "number":
            return str(rng.randint(2, 900))
        moment = date.fromordinal(day)
        return f"{MONTHS[moment.month - 1]} {moment.year}"

    def fill(self, pattern: str, day: int) -> str:
        return _SLOT.sub(lambda match: self.plain(match[1], day), pattern)

    def unlinked(self, slot: str) -> str:
        """Words for somebody or something that the text does not link."""
        if slot == "actor":
            return lowered(self.rng.choice(SUBJECT_PHRASES))
        words = {"text": "text", "demand": "demand", "meeting": "meeting", "event": "turn of events", "body": "body"}
        return f"the {self.rng.choice(ADJECTIVES)} {words.get(slot, slot)}"

    def link(self, slot: str, day: int, taken: list[str]) -> str | None:
        """A link to a brief that the sentence has not named yet."""
        kind = "instrument" if slot == "text" else slot
        brief = self.to(kind, day, *taken)
        if brief is None:
            return None
        taken.append(brief.id)
        if kind == "instrument":
            target = self.paragraph_of(brief, 0.48)
            return f"[[{target}|{self.rng.choice(('paragraph', 'point'))} {target.rpartition('-')[2]}]]" \
                if "#article" in target and self.rng.random() < 0.3 else f"[[{target}]]"
        self.refer(brief)
        if self.rng.random() < 0.3 and kind in ("event", "demand", "meeting"):
            return f"[[{brief.id}|the {self.rng.choice(ADJECTIVES)} {self.rng.choice(NOUNS)}]]"
        return f"[[{brief.id}]]"

    def prose(self, what: str, day: int, own: str = "") -> str:
        """Sentences with as many links and citations for their length as such texts have."""
        size, (links, cites) = self.spread(LENGTHS[what]), REFERENCES[what]
        typical = LENGTHS[what][1]
        links, cites = links / typical, cites / typical
        text, linked, cited = "", 0, 0
        while not text or len(text) < size - 60:
            pattern = self.rng.choice(self.sentences)
            room, taken = len(text) + 70, [own]

            def put(match: re.Match[str], room: int = room, taken: list[str] = taken) -> str:
                nonlocal linked
                slot = match[1]
                if slot in ("actor", "text", "demand", "meeting", "event", "body", "term"):
                    if linked < links * room + self.rng.random() - 0.5:
                        found = self.link(slot, day, taken)
                        if found:
                            linked += 1
                            return found
                    return self.unlinked(slot)
                return self.plain(slot, day)

            sentence = _SLOT.sub(put, pattern)
            sentence = sentence[0].upper() + sentence[1:]
            marks = []
            while cited < cites * (len(text) + len(sentence)) + self.rng.random() - 0.8 and len(marks) < 3:
                marks.append(f"@{self.source(day)}")
                cited += 1
            mark = f" [{'; '.join(dict.fromkeys(marks))}]" if marks else ""
            text += f"{' ' if text else ''}{sentence}{mark}."
        return text

    def line(self, what: str, day: int) -> str:
        """A short text without references."""
        size = self.spread(LENGTHS[what])
        if size < 30:
            return f"{self.rng.choice(ADJECTIVES)} {self.rng.choice(NOUNS)}".capitalize() + "."
        text = self.fill(self.rng.choice(CLAUSES), day)
        while len(text) < size - 35:
            text += self.rng.choice((", and ", "; ", ", while ")) + lowered(self.fill(self.rng.choice(CLAUSES), day))
        return text + "."

    def words(self, what: str, day: int) -> str:
        """A short quotation."""
        if self.spread(LENGTHS[what]) < 45:
            return self.fill("Not one {adjective} {noun}", day)
        return f"We say that {lowered(self.line(what, day)[:-1])}"

    # -- records that several kinds have

    def accounts(self, what: str, day: int) -> list[Fields]:
        found: list[Fields] = []
        unit = self.rng.choice(UNITS)
        on = self.fill(self.rng.choice(ON), day).replace("Number ", "Number of ")
        counted = on.startswith("Number of") or self.chance("account.figure")
        for number in self.some(what):
            if number and number % 3 == 0:
                on = self.fill(self.rng.choice(ON), day).replace("Number ", "Number of ")
                counted = self.chance("account.figure")
            record: Fields = {"on": on}
            at = self.after(day) if self.rng.random() < 0.3 else min(self.horizon, day + self.rng.randint(0, 3))
            if self.chance("account.by"):
                record["by"] = self.party(outside=RATES["outside.by"])
            if self.chance("account.date"):
                record["date"] = self.when(at)
            record["says"] = self.line("account.says", day)
            if self.chance("account.words"):
                record["words"] = self.words("account.words", day)
            if counted and self.rng.random() < 0.8:
                low = self.rng.randint(2, 900)
                record["figure"] = ({"low": str(low), "high": str(low + self.rng.randint(1, 90)), "unit": unit}
                                    if self.rng.random() < 0.15
                                    else {"value": str(low), "bound": self.of(BOUNDS), "unit": unit})
                if self.aside.random() < RARE["certainty"]:
                    record["certainty"] = self.aside.choice(CERTAINTIES)
            if self.chance("account.note"):
                record["note"] = self.line("account.note", day)
            found.append({**record, **self.carried(at)})
        return found

    def standings(self, day: int, what: str) -> list[Fields]:
        found, at = [], day
        steps = list(self.some(what))
        for step in steps:
            last = step == steps[-1]
            end = None if last else self.after(at, "standing")
            record = {"standing": self.of(STANDINGS), "date": self.since(at, end),
                      "what": self.line("standing.what", at)}
            found.append({**record, **self.carried(at, 0.04)})
            at = end or at
        return found

    def memberships(self, brief: Brief, what: str) -> list[Fields]:
        found = []
        for _ in self.some(what):
            body = self.any_of(self.odds["body"] if "body" in self.odds and self.rng.random() < 0.5 else self.parties,
                               brief.id)
            if body is None or any(record["of"] == body.id for record in found):
                continue
            start = max(self.after(brief.day) if self.rng.random() < 0.3 else brief.day, body.founded or 0)
            record: Fields = {"of": self.refer(body), "role": self.rng.choice(("member", "observer", "co-chair"))}
            if self.rng.random() < 0.48:
                record["date"] = self.since(start)
            found.append({**record, **self.carried(start, 0.19)})
        return found

    def members(self, brief: Brief, what: str) -> list[Fields]:
        found = []
        for _ in self.some(what):
            actors = self.parties_of("members.actors", brief.id, outside=RATES["outside.member"])
            start = self.after(brief.founded or brief.day, "body")
            role = self.rng.choice(("member", "member", "observer", "member for {subject}"))
            record: Fields = {"date": self.since(start), "actors": actors, "role": self.fill(role, start)}
            if self.rng.random() < 0.5:
                record["note"] = self.line("head.note", start)
            found.append({**record, **self.carried(start, 0.1)})
        return found

    def relations(self, brief: Brief, what: str) -> list[Fields]:
        found: list[Fields] = []
        for _ in self.some(what):
            record: Fields = {"type": self.of(RELATIONS), "actor": self.party(brief.id, outside=0.02)}
            at = self.after(brief.day, "standing")
            if self.chance("relation.date"):
                record["date"] = self.since(at)
            if self.chance("relation.note") or record["type"] == "related to":
                record["note"] = self.line("relation.note", at)
            found.append({**record, **self.carried(at, 0.19)})
        return found

    def steps(self, day: int, what: str, statuses: Odds) -> list[Fields]:
        """A history in the order of its dates."""
        days = sorted(self.after(day, "history") for _ in self.some(what))
        return [{"date": self.when(at), "what": self.line("history.what", at),
                 **({"status": self.of(statuses)} if n == 0 or self.rng.random() < RATES["demand.status"] else {}),
                 **self.carried(at, 0.03)} for n, at in enumerate(days)]

    def aliases(self, brief: Brief, what: str) -> list[str]:
        found = []
        initials = "".join(word[0] for word in re.findall(r"[A-Z]\w+", brief.name))
        for number in self.some(what):
            found.append(initials if number == 1 and len(initials) > 1 and brief.type != "person"
                         else self.other_spelling(brief.name))
        if self.rng.random() < RARE["odd alias"]:
            found.append(self.rng.choice(ODD_ALIASES))
        return [name for name in dict.fromkeys(found) if name != brief.name]

    def extras(self, brief: Brief) -> Fields:
        found: Fields = {}
        if self.rng.random() < RARE["formerly"]:
            found["formerly"] = [self.taken_id(f"old-{brief.id}")]
        if self.rng.random() < RARE["reviewed"]:
            found["reviewed"] = date.fromordinal(AS_OF - self.rng.randint(0, 400)).isoformat()
        return found

    # -- what each kind says

    def write_actor(self, actor: Brief, rank: int) -> Fields:
        arabic, sort, short = (actor.fields.pop(key) for key in ("_arabic", "_sort", "_short"))
        person, day = actor.type == "person", actor.day
        out: Fields = {"name": actor.name, "type": actor.type, "aliases": self.aliases(actor, "actor.aliases")}
        if short and actor.type in ("state", "government", "armed group", "international organisation"):
            out["aliases"] = [short, *out["aliases"][1:]]
        out.update(self.extras(actor))
        if self.chance("actor.scripts"):
            out["scripts"] = [{"lang": "ar", "name": arabic}]
        if rank < MAIN_ACTORS:
            out["main"] = "true"
        if sort:
            out["sort"] = sort
        if actor.founded:
            out["date"] = self.since(actor.founded)
        if self.chance("actor.wikidata"):
            out["wikidata"] = f"Q{self.rng.randint(900_000_000, 999_999_999)}"
        out["summary"] = self.prose("actor.summary", self.busy_day(actor), actor.id)
        if self.chance("actor.part"):
            out["part"] = self.line("actor.part", day)
        if self.chance("actor.standing") or rank < MAIN_ACTORS:
            out["standing"] = self.standings(day, "actor.standing")
        if person and self.chance("person.offices"):
            out["offices"] = [self.office(actor) for _ in self.some("actor.offices")]
        if person and self.parties.entries:
            out["speaks_for"] = self.party()
            if not isinstance(out["speaks_for"], str):
                del out["speaks_for"]
        if self.chance("actor.memberships"):
            out["memberships"] = self.memberships(actor, "actor.memberships")
        if not person and self.chance("actor.members"):
            out["members"] = self.members(actor, "actor.labels")
        if self.chance("actor.relations") or rank < MAIN_ACTORS:
            out["relations"] = self.relations(actor, "actor.relations")
        if not person and self.rng.random() < RARE["succession"]:
            out["successor_of"] = [{"type": self.rng.choice(("renamed", "merged", "split", "replaced")),
                                    "actor": self.party(actor.id, outside=0.3), "date": self.when(day),
                                    **self.carried(day)}]
        if self.chance("actor.designations"):
            out["designations"] = [{"by": self.party(actor.id), "designated": "unlawful armed group",
                                    "date": self.since(day), **self.carried(day, 0)}]
        if self.chance("actor.labels"):
            out["labels"] = [self.label(actor) for _ in self.some("actor.labels")]
        if self.chance("actor.accounts"):
            out["accounts"] = self.accounts("actor.accounts", day)
        if self.chance("actor.notes"):
            out["notes"] = self.prose("actor.notes", day, actor.id)
        if self.chance("actor.see"):
            out["see"] = self.see(actor, "actor.see")
        out["sources"] = self.some_sources("actor.sources", self.busy_day(actor))
        return out

    def busy_day(self, brief: Brief) -> int:
        """The time that a brief without a day of its own speaks of: mostly the last two years."""
        return self.day() if self.rng.random() < 0.5 else brief.day

    def office(self, actor: Brief) -> Fields:
        start = self.after(actor.day)
        record: Fields = {"office": self.rng.choice(OFFICES), "at": self.party(actor.id, outside=0.04)}
        if self.rng.random() < 0.58:
            record["date"] = self.since(start, self.after(start, "standing") if self.rng.random() < 0.35 else None)
        if self.rng.random() < 0.5:
            record["note"] = self.line("office.note", start)
        return {**record, **self.carried(start, 0.35)}

    def label(self, actor: Brief) -> Fields:
        at = self.after(actor.day)
        record: Fields = {"by": self.party(actor.id), "called": self.fill("a {adjective} {noun}", at),
                          "date": self.when(at)}
        if self.rng.random() < 0.67:
            record["note"] = self.line("label.note", at)
        return {**record, **self.carried(at, 0.2)}

    def write_demand(self, demand: Brief, rank: int) -> Fields:
        day = demand.day
        out: Fields = {"name": demand.name}
        if rank < MAIN_DEMANDS:
            out["main"] = "true"
        if self.chance("demand.aliases"):
            out["aliases"] = [self.fill("{Verb} {subject} near {place}", day)]
        out.update(self.extras(demand))
        out["category"] = (self.rng.choice(("economic", "justice", "territorial"))
                           if self.rng.random() < RARE["economic and other categories"] else self.of(CATEGORIES))
        out["ask"] = self.line("demand.ask", day)
        out["made_by"] = self.parties_of("demand.made_by", outside=0.05)
        if not any(isinstance(maker, str) for maker in out["made_by"]):
            out["made_by"].append(self.refer(self.parties.entries[0]))
        out["addressed_to"] = self.parties_of("demand.addressed_to", outside=0.02)
        out["summary"] = self.prose("demand.summary", self.busy_day(demand), demand.id)
        if self.chance("demand.precondition"):
            out["precondition"] = {"put": self.of(PUT), "what": self.line("precondition.what", day),
                                   **self.carried(None, 0)}
        if self.chance("demand.basis") and "instrument" in self.odds:
            out["basis"] = self.basis(day)
        out["positions"] = self.positions(day)
        out["history"] = self.steps(day, "demand.history", STATUSES)
        if self.chance("demand.notes"):
            out["notes"] = self.prose("demand.notes", day, demand.id)
        out["see"] = self.see(demand, "demand.see")
        out["sources"] = self.some_sources("demand.sources", self.busy_day(demand))
        return out

    def basis(self, day: int) -> list[Fields]:
        found: list[Fields] = []
        for _ in self.some("demand.basis"):
            text = self.text()
            if text and all(record["text"] != text for record in found):
                found.append({"text": text, "note": self.line("basis.note", day),
                              "sources": self.document(self.by_id[text.partition("#")[0]], "", day)})
        return found

    def positions(self, day: int) -> list[Fields]:
        """Several holders, each with one position or more, in the order of their dates."""
        holders = [party for party in self.parties_of("demand.holders") if isinstance(party, str)]
        stances = {holder: self.of(STANCES) for holder in holders}
        entries: list[tuple[int, Fields]] = []
        for number in self.some("demand.positions") if holders else ():
            holder = holders[number] if number < len(holders) else self.rng.choice(holders)
            at = self.after(day, "position")
            if self.rng.random() < 0.15:
                stances[holder] = self.of(STANCES)
            entries.append((at, self.position(holder, stances[holder], at)))
        return [record for _, record in sorted(entries, key=lambda entry: entry[0])]

    def position(self, holder: str, stance: str, day: int) -> Fields:
        if self.chance("position.none"):
            return {"actor": holder, "stance": "unclear", "basis": "none found",
                    "note": self.line("position.note", day)}
        record: Fields = {}
        if self.chance("position.date"):
            record["date"] = self.when(day)
        record.update(actor=holder, stance=stance)
        if self.chance("position.inferred"):
            return {**record, "basis": "inferred", "note": self.line("position.note", day), **self.carried(day, 0)}
        if self.chance("position.speaker"):
            record["speaker"] = self.person(outside=RATES["outside.speaker"])
        if self.chance("position.what"):
            record["what"] = self.line("position.what", day)
        if self.chance("position.words"):
            record["words"] = self.words("position.words", day)
        if self.chance("position.note"):
            record["note"] = self.line("position.note", day)
        return {**record, **self.carried(day, 0)}

    def write_instrument(self, text: Brief, rank: int) -> Fields:
        day, number = text.day, text.fields.pop("_number")
        year = date.fromordinal(day).year
        out: Fields = {"name": text.name, "type": text.type,
                       "aliases": [f"{text.type.capitalize()} {number}", *self.aliases(text, "actor.offices")]}
        if self.chance("instrument.symbol"):
            out["symbol"] = f"U/{'RES' if text.type == 'resolution' else 'DOC'}/{number} ({year})"
            if text.document:
                text.document.fields["symbol"] = out["symbol"]
        out["by"] = self.parties_of("actor.offices", outside=0.05)
        out["date"] = date.fromordinal(day).isoformat()
        out["adoption"] = {"resolution": "vote", "presidential statement": "consensus", "agreement": "signed",
                           "decision": "vote", "statement": "issued"}.get(text.type, "agreed text")
        if out["adoption"] == "vote":
            out["vote"] = self.vote(text)
            out["at"] = f"{self.rng.randint(1000, 9999)}th meeting"
        if "meeting" in self.odds and self.chance("instrument.meeting"):
            out["meeting"] = self.refer(self.near("meeting", day) or self.briefs["meeting"][0])
        out["summary"] = self.prose("instrument.summary", day, text.id)
        if self.chance("instrument.signatories"):
            out["signatories"] = [self.signatory(day) for _ in self.some("instrument.signatories")]
        if text.paragraphs:
            out["provisions"] = self.provisions(text)
        if self.chance("instrument.deadlines"):
            out["deadlines"] = [self.deadline(text) for _ in self.some("instrument.deadlines")]
        lineage = self.lineage(text) if self.chance("instrument.lineage") else []
        if lineage:
            out["lineage"] = lineage
        if self.chance("instrument.accounts"):
            out["accounts"] = self.accounts("actor.accounts", day)
        if self.chance("instrument.notes"):
            out["notes"] = self.prose("instrument.notes", day, text.id)
        if self.chance("instrument.see"):
            out["see"] = self.see(text, "actor.offices")
        out["sources"] = list(dict.fromkeys(
            [*self.document(text, "", day), *self.some_sources("instrument.sources", day)]))
        return out

    def vote(self, text: Brief) -> Fields:
        total = self.rng.choice((15, 15, 15, 193, 46))
        against = self.rng.randint(0, total // 4) if self.rng.random() < 0.2 else 0
        abstaining = self.rng.randint(0, total // 4) if self.rng.random() < 0.2 else 0
        out: Fields = {"in_favour": str(total - against - abstaining), "against": str(against),
                       "abstaining": str(abstaining), "total": str(total)}
        if against and self.rng.random() < RARE["votes cast"] * 4:
            out["cast"] = [{"actors": self.parties_of("actor.offices"), "vote": "against"}]
        return {**out, "sources": self.document(text, "record of the vote", text.day)}

    def signatory(self, day: int) -> Fields:
        at = day if self.rng.random() < 0.6 else self.after(day, "history")
        return {"actors": self.parties_of("signatory.actors", outside=0.28), "act": self.of(ACTS),
                "date": self.when(at), "note": self.line("signatory.note", at), **self.carried(at, 0)}

    def provisions(self, text: Brief) -> list[Fields]:
        found: list[Fields] = []
        for number in range(self.rng.randint(0, 2)):
            found.append({"paragraph": "preamble", "verb": self.rng.choice(PREAMBLE),
                          "says": self.line("provision.says", text.day),
                          "sources": self.document(text, f"preamble, paragraph {number + 2}", text.day)})
        half = len(text.paragraphs) // 2 if len(text.paragraphs) > 8 else 0
        for number, label in enumerate(text.paragraphs):
            record: Fields = {"paragraph": label}
            if half:
                record["part"] = "Part A: the lines" if number < half else "Part B: the offices"
            record.update(verb=self.rng.choice(OPERATIVE), says=self.line("provision.says", text.day))
            if self.chance("provision.addressed_to"):
                record["addressed_to"] = self.parties_of("actor.offices", outside=RATES["outside.addressee"])
            if self.chance("provision.history"):
                record["history"] = self.steps(text.day, "provision.history", PROVISION_STATUSES)
            record["sources"] = self.document(text, label, text.day)
            found.append(record)
        return found

    def deadline(self, text: Brief) -> Fields:
        out: Fields = {"what": self.line("deadline.what", text.day)}
        label = self.rng.choice(text.paragraphs) if text.paragraphs else ""
        if label:
            out["paragraph"] = label
        if self.chance("deadline.due"):
            out["due"] = self.when(self.after(text.day, "history"))
        else:
            out["within"] = self.rng.choice(("30 days", "60 days", "6 months", "18 months", "2 weeks", "1 year"))
            out["counted_from"] = [{"start": "adoption"}]
            if "meeting" in self.odds and self.rng.random() < 0.3:
                start = self.near("meeting", text.day) or self.briefs["meeting"][0]
                out["counted_from"].append({"start": self.refer(start), "note": self.line("reading.note", text.day),
                                            **self.carried(None, 0.29)})
        if self.chance("deadline.target"):
            out["target"] = "an aim"
        if self.chance("deadline.history"):
            out["history"] = self.steps(text.day, "provision.history", PROVISION_STATUSES)
        return {**out, "sources": self.document(text, label, text.day)}

    def lineage(self, text: Brief) -> list[Fields]:
        found: list[Fields] = []
        for _ in self.some("instrument.lineage"):
            earlier = next(filter(None, (self.text(text.id, before=text.day) for _ in range(6))), None)
            if earlier and all(record["text"] != earlier for record in found):
                label = self.rng.choice(text.paragraphs) if text.paragraphs else "preamble"
                record: Fields = {"type": self.of(LINEAGES), "text": earlier, "paragraph": label}
                if self.rng.random() < 0.14:
                    record["note"] = self.line("lineage.note", text.day)
                found.append({**record, "sources": self.document(text, label, text.day)})
        return found

    def write_body(self, body: Brief, rank: int) -> Fields:
        day = body.day
        out: Fields = {"name": body.name, "type": body.type, "aliases": self.aliases(body, "body.aliases")}
        out.update(self.extras(body))
        if self.chance("body.scripts"):
            out["scripts"] = [{"lang": "ar", "name": f"لجنة {self.word(2, 3)[1]}"}]
        if body.founded:
            out["date"] = self.since(body.founded)
        out["summary"] = self.prose("body.summary", day, body.id)
        if self.chance("body.part"):
            out["part"] = self.line("actor.part", day)
        if self.chance("body.standing"):
            out["standing"] = self.standings(day, "body.records")
        out["mandate"] = self.mandate(body)
        if self.chance("body.heads"):
            out["heads"] = self.heads(body)
        if self.chance("body.members"):
            out["members"] = self.members(body, "body.members")
        if self.chance("body.memberships"):
            out["memberships"] = self.memberships(body, "body.records")
        if self.chance("body.relations"):
            out["relations"] = self.relations(body, "body.records")
        if self.chance("body.accounts"):
            out["accounts"] = self.accounts("actor.accounts", day)
        out["sources"] = self.some_sources("body.sources", day)
        return out

    def mandate(self, body: Brief) -> list[Fields]:
        days = [body.day, *sorted(self.after(body.day, "history") for _ in self.some("body.mandate"))]
        found: list[Fields] = []
        for number, at in enumerate(days[: max(1, len(days) - 1)]):
            act = "established" if number == 0 else self.of(MANDATE_ACTS)
            if number and number == len(days) - 2 and self.rng.random() < 0.15:
                act = "ended"
            record: Fields = {"date": self.when(at), "act": act, "what": self.line("mandate.what", at)}
            text = self.text() if self.rng.random() < 0.64 else None
            if text:
                record["text"] = text
            if act == "renewed":
                record["until"] = date.fromordinal(at + 365).isoformat()
            found.append({**record, **self.carried(at, 0.04)})
        return found

    def heads(self, body: Brief) -> list[Fields]:
        starts = sorted(self.after(body.day, "body") for _ in self.some("body.heads"))
        found = []
        for start, end in zip(starts, [*starts[1:], None], strict=True):
            record: Fields = {"actor": self.person(outside=0.23), "role": self.rng.choice(("chair", "Special Envoy")),
                              "date": self.since(start, end)}
            if self.rng.random() < 0.54:
                record["note"] = self.line("head.note", start)
            found.append({**record, **self.carried(start, 0.08)})
        return found

    def write_meeting(self, meeting: Brief, rank: int) -> Fields:
        day, first = meeting.day, date.fromordinal(meeting.day).isoformat()
        last = date.fromordinal(meeting.until).isoformat()
        out: Fields = {"name": meeting.name, "aliases": self.aliases(meeting, "meeting.aliases"),
                       "date": first if first == last else f"{first}/{last}"}
        if self.chance("meeting.time"):
            out["time"] = self.clock()
        out.update(place=meeting.type, format=self.of(FORMATS))
        if self.chance("meeting.convener"):
            out["convener"] = [self.person() if self.rng.random() < 0.4 else self.party(outside=0.1)]
        if meeting.meeting:
            out["part_of"] = self.refer(meeting.meeting)
        if earlier := [text for text in self.briefs["instrument"] if text.day <= meeting.day]:
            if self.aside.random() < RARE["convened on"]:
                out["basis"] = [{"text": self.aside.choice(earlier).id}]
        out["summary"] = self.prose("meeting.summary", day, meeting.id)
        out["seats"] = [self.seat(meeting) for _ in self.some("meeting.seats")]
        if self.chance("meeting.absent"):
            out["absent"] = [self.absence(meeting) for _ in self.some("meeting.absent")]
        if self.chance("meeting.agenda"):
            out["agenda"] = [{"item": self.line("agenda.item", day), **self.carried(day, 0)}
                             for _ in self.some("actor.offices")]
        out["outcome"] = [self.outcome(meeting) for _ in self.some("meeting.outcome")]
        if self.chance("meeting.accounts"):
            out["accounts"] = self.accounts("meeting.accounts", day)
        if self.chance("meeting.notes"):
            out["notes"] = self.prose("meeting.notes", day, meeting.id)
        if self.chance("meeting.see"):
            out["see"] = self.see(meeting, "meeting.see")
        out["sources"] = self.some_sources("meeting.sources", day)
        return out

    def seat(self, meeting: Brief) -> Fields:
        crowd = self.rng.random() < 0.06
        one = self.person(outside=RATES["outside.seat"]) if self.rng.random() < 0.6 else self.party()
        record: Fields = {"actors": self.parties_of("signatory.actors", outside=0.3) if crowd else [one]}
        at = self.rng.randint(meeting.day, meeting.until)
        if self.chance("seat.for"):
            record["for"] = self.party()
        record["role"] = self.fill(self.rng.choice(ROLES), at)
        if self.rng.random() < RARE["room"]:
            record["room"] = f"Room {self.rng.randint(1, 40)}"
        if self.chance("seat.date"):
            record["date"] = date.fromordinal(at).isoformat()
        if self.chance("seat.note"):
            record["note"] = self.line("seat.note", at)
        return {**record, **self.carried(at, 0.03)}

    def absence(self, meeting: Brief) -> Fields:
        record: Fields = {"date": self.when(meeting.day)} if self.rng.random() < 0.25 else {}
        return {**record, "actors": [self.party(outside=0.2)], "invited": self.of(INVITED),
                "why": self.line("absence.why", meeting.day), **self.carried(meeting.day, 0.1)}

    def outcome(self, meeting: Brief) -> Fields:
        record: Fields = {"date": self.when(meeting.until), "what": self.line("outcome.what", meeting.until)}
        text = self.near("instrument", meeting.until) if self.chance("outcome.text") else None
        if text:
            record["text"] = self.refer(text)
        return {**record, **self.carried(meeting.until, 0.06)}

    def write_event(self, event: Brief, rank: int) -> Fields:
        day = event.day
        until = min(self.horizon, day + self.rng.randint(1, 60))
        out: Fields = {"name": event.name, "type": event.type}
        out.update(self.extras(event))
        if event.meeting or self.rng.random() < 0.9:
            out["date"] = date.fromordinal(day).isoformat() if event.meeting else self.when(day)
        else:
            out["date"] = f"{date.fromordinal(day).isoformat()}/{date.fromordinal(until).isoformat()}"
        if self.chance("event.time"):
            out["time"] = self.clock()
        if self.chance("event.place"):
            out["place"] = self.rng.choice(self.places[: max(4, len(self.places) // 4)])
        out["summary"] = self.prose("event.summary", day, event.id)
        out["involved"] = [self.involved(day) for _ in self.some("event.involved")]
        if event.meeting:
            out["meeting"] = self.refer(event.meeting)
        if self.chance("event.bears_on"):
            bears_on = [self.bears_on(day) for _ in self.some("event.bears_on")]
            out["bears_on"] = list(dict.fromkeys(target for target in bears_on if target))
        if self.chance("event.accounts"):
            out["accounts"] = self.accounts("event.accounts", day)
        if self.chance("event.notes"):
            out["notes"] = self.prose("event.notes", day, event.id)
        if self.chance("event.see"):
            out["see"] = self.see(event, "event.see")
        out["sources"] = self.some_sources("event.sources", day)
        return out

    def involved(self, day: int) -> Fields:
        person = self.rng.random() < 0.25
        record: Fields = {"actors": [self.person()] if person else self.parties_of("involved.actors", outside=0.09),
                          "role": self.of(EVENT_ROLES)}
        if self.chance("involved.note"):
            record["note"] = self.line("involved.note", day)
        return {**record, **self.carried(day, 0)}

    def bears_on(self, day: int) -> str | None:
        if self.rng.random() < 0.35 and "instrument" in self.odds:
            return self.text()
        demand = self.any_of(self.odds["demand"])
        return self.refer(demand) if demand else None

    def write_term(self, term: Brief, rank: int) -> Fields:
        out: Fields = {"name": term.name}
        if self.chance("term.aliases"):
            out["aliases"] = [f"{term.name.lower()} of {self.rng.choice(self.places)}"]
        out["definition"] = self.prose("term.definition", self.busy_day(term), term.id)
        if self.chance("term.scripts"):
            out["scripts"] = [{"lang": "ar", "name": f"{self.word(2, 2)[1]} {self.word(2, 2)[1]}"}]
        if self.chance("term.loaded"):
            out["loaded"] = [f"{self.word(2, 2)[0].lower()} {self.rng.choice(NOUNS)}"]
            out["house_word"] = self.rng.choice(NOUNS)
        if self.chance("term.see"):
            out["see"] = self.see(term, "actor.offices")
        out["sources"] = self.some_sources("term.sources", self.busy_day(term))
        return out

    def write_source(self, source: Brief, rank: int) -> Fields:
        out: Fields = {"title": source.name, "publisher": source.fields.get("publisher", "Secretariat"),
                       "type": source.type}
        if "symbol" in source.fields:
            out["symbol"] = source.fields["symbol"]
        if self.chance("source.date"):
            out["date"] = date.fromordinal(source.day).isoformat()
        if self.chance("source.author"):
            out["author"] = self.rng.choice(self.outsiders)
        out["lang"] = "ar" if self.chance("source.arabic") else "en"
        host = re.sub(r"[^a-z]+", "-", out["publisher"].lower()).strip("-")
        moment = date.fromordinal(source.day)
        out["url"] = f"https://{host}.example/{moment.year}/{moment.month:02}/{moment.day:02}/{source.id}-" \
                     f"{self.rng.randint(10_000, 99_999)}"
        reliability = self.fill(self.rng.choice(RELIABILITY), source.day)
        reliability += self.fill("; written {reason}", source.day)
        out["reliability"] = reliability + "."
        out["seen"] = self.rng.choice(("excerpt",) * 9 + ("full text",))
        if self.chance("source.close_to"):
            out["close_to"] = [self.party(outside=0.06)]
        if self.chance("source.notes"):
            out["notes"] = self.line("source.notes", source.day)
        return out

    # -- the whole

    def write(self) -> None:
        """Write every brief's fields, then cite and link what nothing has mentioned yet."""
        for kind, briefs in self.briefs.items():
            for rank, brief in enumerate(briefs):
                brief.fields = getattr(self, f"write_{kind}")(brief, rank)
        self.cite_the_rest()
        self.link_the_rest()
        self.rng, usual = self.seldom, self.rng
        self.add_what_is_rare()
        self.rng = usual

    def add_what_is_rare(self) -> None:
        """The fields of EXTRA, in a dossier of some size each at least once, and the records of UNFOUNDED."""
        for what, (share, text) in EXTRA.items():
            path, _, name = what.rpartition(".")
            places = [place for place in self.records(path) if place[1].get(name, "0") == "0"]
            for number, (brief, record) in enumerate(places):
                if number == len(places) // 2 > 3 or self.rng.random() < share:
                    self.give(brief, record, name, text)
        words = Counter(word for briefs in self.briefs.values() for brief in briefs
                        for word in re.findall(r"[\w-]+", json.dumps(brief.fields)))
        for path, share in UNFOUNDED.items():
            for _, record in self.records(path):
                # A source has to be cited somewhere, and an accepted warning has to be there.
                free = "accept" not in record and all(words[id.partition(",")[0]] > 3 for id in record.get("sources", [""]))
                if free and self.rng.random() < share:
                    words.subtract(id.partition(",")[0] for id in record.pop("sources"))
                    record["unverified"] = "true"

    def records(self, path: str) -> list[tuple[Brief, Fields]]:
        """The records at a path such as `instrument.provisions.history`, each with its brief."""
        kind, *names = path.split(".")
        found = [(brief, brief.fields) for brief in self.briefs[kind]]
        for name in names:
            held = [(brief, record.get(name, [])) for brief, record in found]
            found = [(brief, record) for brief, value in held for record in ([value] if isinstance(value, dict) else value)]
        return found

    def give(self, brief: Brief, record: Fields, name: str, text: str) -> None:
        """Give a record one of the fields of EXTRA, where it fits."""
        if text:
            record[name] = self.words(text, brief.day) if name == "words" else self.line(text, brief.day)
        elif name == "time" and re.fullmatch(r"\d{4}-\d\d-\d\d", record.get("date", "")):
            record["time"] = self.clock()
        elif name == "see":
            record["see"] = self.see(brief, "actor.offices")
        elif name == "formerly":
            record["formerly"] = [self.taken_id(f"old-{brief.id}")]
        elif name == "archived":
            record["archived"] = f"https://archive.example/{brief.id}"
        elif name == "path":
            record["path"] = f"{date.fromordinal(brief.day).year}/{brief.id}.xml"
        elif name == "accept":
            sources = [self.by_id[id.partition(",")[0]] for id in record.get("sources", ())]
            if not any("date" in source.fields for source in sources):
                return
            day = max(source.day for source in sources) + 1
            record["date"] = date.fromordinal(day).isoformat()
            record["accept"] = {"source-too-early": "it announces what comes the day after"}
        elif name in ("not_voting", "abstaining") and int(record["in_favour"]) > 9:
            record[name] = str(int(record.get(name, 0)) + 1)
            record["in_favour"] = str(int(record["in_favour"]) - 1)

    def cite_the_rest(self) -> None:
        """A source that nothing cites yet joins the sources of a brief from before it."""
        holders = sorted((brief for kind in ("event", "actor", "demand") for brief in self.briefs[kind]),
                         key=lambda b: (b.day, b.id))
        days = [brief.day for brief in holders]
        for source in self.briefs["source"]:
            if source.id not in self.cited:
                end = bisect_right(days, source.day - 366)
                # Too early for every event: what has no day of its own can cite any source.
                brief = (holders[self.rng.randint(max(0, end - 12), end - 1)] if end
                         else self.rng.choice(self.briefs["actor"]))
                brief.fields["sources"].append(source.id)

    def link_the_rest(self) -> None:
        """A brief that nothing refers to yet is listed under `see` of one from about its time."""
        for kind in ("actor", "demand", "instrument", "body", "meeting", "event"):
            for brief in self.briefs[kind]:
                if brief.id not in self.referred:
                    other = (self.near("event", brief.day, brief.id) or self.any_of(self.odds["actor"], brief.id)
                             or self.any_of(self.odds["demand"], brief.id))
                    if other is not None:
                        other.fields.setdefault("see", []).append(self.refer(brief))

    def settings(self) -> Fields:
        firsts = [self.briefs[kind][0] for kind in ("instrument", "meeting", "actor", "demand", "body", "event")
                  if self.briefs[kind]]
        return {
            "title": f"Talks on the {self.places[0]} shore",
            "description": "An invented negotiation of any size, to test the program with.",
            "as_of": date.fromordinal(AS_OF).isoformat(), "languages": ["en", "ar"], "publisher": "The test corpus",
            "contact": "editors@corpus.example", "stale_after": "90 days",
            "situation": self.prose("settings.situation", AS_OF - 20),
            "about": self.prose("settings.about", AS_OF - 400),
            "start_here": [brief.id for brief in firsts[:FIRST_READS]], "editions": [], "sides": self.sides(),
            "sources": [self.source(AS_OF - 20)]}

    def sides(self) -> list[Fields]:
        """Two sides of main actors; the others are on none."""
        main = [brief.id for brief in self.briefs["actor"][:MAIN_ACTORS]]
        return [{"name": name, "actors": ids} for name, ids in (("Upper shore", main[::3]), ("Lower shore", main[1::3])) if ids]

    def pages(self) -> dict[str, str]:
        """Pages written by hand, in Markdown."""
        pages = {}
        for name, title in (("how-it-was-made", "How this dossier was made"), ("the-maps", "The maps and their lines"),
                            ("who-counts-what", "Who counts what"), ("reading-list", "A reading list")):
            parts = [f"# {title}", self.prose("page.part", AS_OF - 100)]
            for number in range(self.rng.randint(2, 5)):
                parts.append(f"## Part {number + 1}: {self.rng.choice(SUBJECTS)}")
                parts.append("\n".join(f"- {self.prose('page.part', self.day())}" for _ in range(3)))
            if name == "the-maps":
                parts.insert(1, f"![The shore as the first map shows it]({MAP})")
            pages[name] = "\n\n".join(parts) + "\n"
        return pages


def kind_counts(size: int) -> dict[str, int]:
    """How many briefs of each kind make a dossier of that size; every kind once from eight on."""
    if size < 3:
        raise ValueError("the smallest dossier has three briefs")
    if size < len(SMALLEST):
        return {kind: int(kind in SMALLEST[:size]) for kind in SHARES}
    counts = {kind: max(1, round(share * size)) for kind, share in SHARES.items() if kind != "source"}
    return {**counts, "source": size - sum(counts.values())}


_SLOT = re.compile(r"\{(\w+)\}")


def anchor(label: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")


def lowered(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def in_words(day: int) -> str:
    moment = date.fromordinal(day)
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


# --- YAML ----------------------------------------------------------------------------------------------------

_PLAIN = re.compile(r"[A-Za-z0-9][^\x00-\x1f:#\[\]{}\",|>&*!%@`'?]*")


def scalar(text: str, flow: bool = False) -> str:
    """A value on one line, in quotes where it needs them."""
    return text if _PLAIN.fullmatch(text) and text == text.strip() else json.dumps(text, ensure_ascii=False)


def lines_of(text: str, width: int) -> list[str]:
    found, line = [], ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            found.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*found, line]


def yaml_lines(fields: Fields, indent: str = "") -> list[str]:
    """A record as the lines of a YAML mapping."""
    out: list[str] = []
    for key, value in fields.items():
        if isinstance(value, str):
            if key in PROSE_FIELDS and len(value) > 80:
                out.append(f"{indent}{key}: |")
                out.extend(f"{indent}  {line}" for line in lines_of(value, 108 - len(indent)))
            else:
                out.append(f"{indent}{key}: {scalar(value)}")
        elif isinstance(value, dict):
            out.append(f"{indent}{key}: {flow(value)}" if is_outside(value) else f"{indent}{key}:")
            if not is_outside(value):
                out.extend(yaml_lines(value, indent + "  "))
        elif value and all(isinstance(entry, str) or is_outside(entry) for entry in value):
            out.extend(flow_list(key, value, indent))
        elif value:
            out.append(f"{indent}{key}:")
            for entry in value:
                inner = yaml_lines(entry, indent + "    ")
                out.append(f"{indent}  - {inner[0].strip()}")
                out.extend(inner[1:])
    return out


def is_outside(value: object) -> bool:
    return isinstance(value, dict) and list(value) == ["outside"]


def flow(value: str | Fields) -> str:
    return scalar(value) if isinstance(value, str) else f"{{outside: {scalar(value['outside'])}}}"


def flow_list(key: str, values: list[Any], indent: str) -> list[str]:
    entries = [flow(value) for value in values]
    short = f"{indent}{key}: [{', '.join(entries)}]"
    if len(short) <= 110:
        return [short]
    return [f"{indent}{key}:", *(f"{indent}  - {entry}" for entry in entries)]


# --- files ---------------------------------------------------------------------------------------------------

FOLDERS = {"actor": "actors", "demand": "demands", "instrument": "un-process/instruments",
           "body": "un-process/bodies", "meeting": "un-process/meetings", "event": "events", "term": "terms"}
SOURCES_IN_A_FILE = 40


MAP = "shore.png"


def picture(width: int = 240, height: int = 160) -> bytes:
    """A PNG of land and water."""
    rows = b"".join(b"\0" + bytes(200 if (x - 120) ** 2 > 60 * y else 120 for x in range(width)) for y in range(height))
    chunks = ((b"IHDR", pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data)) for name, data in chunks)


def editions(count: int, source: str) -> list[Fields]:
    """So many days, two weeks apart, the last one two weeks before the dossier's."""
    days = (date.fromordinal(AS_OF - 14 * number).isoformat() for number in range(count, 0, -1))
    return [{"date": day, "title": f"The day {day}", "sources": [source]} for day in days]


def corpus_files(size: int, seed: int = 1, edition_count: int = 0) -> dict[str, str]:
    """Every file of the content folder, by its path in it."""
    corpus = Corpus(size, seed)
    corpus.write()
    settings = corpus.settings()
    settings["editions"] = editions(edition_count, settings["sources"][0].partition(",")[0])
    files = {"dossier.yml": "\n".join(yaml_lines(settings)) + "\n"}
    files.update({f"pages/{name}.md": text for name, text in corpus.pages().items()})
    return {**files, **brief_files(corpus)}


def brief_files(corpus: Corpus) -> dict[str, str]:
    """The files of the briefs alone, by their path in the content folder."""
    files: dict[str, str] = {}
    for kind, folder in FOLDERS.items():
        for brief in corpus.briefs[kind]:
            files[f"{folder}/{brief.id}.yml"] = "\n".join(yaml_lines(brief.fields)) + "\n"
    sources = corpus.briefs["source"]
    for start in range(0, len(sources), SOURCES_IN_A_FILE):
        blocks = ["\n".join([f"{source.id}:", *yaml_lines(source.fields, "  ")])
                  for source in sources[start:start + SOURCES_IN_A_FILE]]
        files[f"sources/{corpus.prefix}sources-{start // SOURCES_IN_A_FILE + 1:03}.yml"] = "\n\n".join(blocks) + "\n"
    return files


def write_corpus(size: int, folder: Path, seed: int = 1, edition_count: int = 0) -> int:
    """Write the corpus into a folder that is empty or not there yet; returns the number of files."""
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    files = corpus_files(size, seed, edition_count)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    (folder / "pages" / MAP).write_bytes(picture())
    return len(files) + 1


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Write a large invented dossier to test the program with.")
    parser.add_argument("size", metavar="N", type=int, help="how many briefs, three or more")
    parser.add_argument("folder", metavar="DIR", type=Path, help="the content folder to make")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another dossier (1)")
    parser.add_argument("--editions", type=int, default=0, help="on how many days the whole table is kept (0)")
    options = parser.parse_args(arguments)
    try:
        count = write_corpus(options.size, options.folder, options.seed, options.editions)
    except (FileExistsError, ValueError) as refusal:
        parser.error(str(refusal))
    print(f"{options.size} briefs in {count} files written to {options.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
