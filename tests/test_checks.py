"""Each diagnostic that the folder, the fields, the prose and the cross-checks can give, word for word.

What the YAML reader reports is in test_yaml_text.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools import CONTENT, SAMPLE, SMALL, problems, write

from generator.commands.check import all_problems
from generator.diagnostics import CODES, Diagnostic
from generator.load import load_dossier
from generator.models import FOLDERS, KINDS, Settings, Source
from generator.models.base import Record
from generator.read.content import read_content
from generator.read.date_forms import likely_dates
from generator.read.records import read_record
from generator.read.yaml_text import read_yaml
from generator.releases.file import Release, Releases, to_text

ACTOR = "name: Aa\ntype: state\nsummary: See [[bb]].\nsources: [paper]\n"
DEMAND = SMALL["demands/dd.yml"]
TEXT = SMALL["un-process/instruments/ii.yml"]
MEETING = SMALL["un-process/meetings/mm.yml"]
BODY = "name: Cc\ntype: mission\nsummary: See [[aa]].\nsources: [paper]\n"
DATE_HINT = "Write a date such as 2031-05-20, 2031-02, 2031, 2031-04~ or 2031-04-02/2031-05-20"

RELEASED = Release("2031-05-01", "First", "0", {})
BACK = "Take it back as it was in the last commit: only `briefing release` writes it"

# What is changed in the small dossier, and the one line that is said of it.
CASES: list[tuple[str, dict[str, str | bytes | None], str]] = [
    # releases
    ("releases-broken", {"releases.json": "{}"},
     "content/releases.json:1:1: error: this file of releases cannot be used: it does not say its format. " + BACK),
    ("not-a-file", {"releases.json/x": ""},
     "content/releases.json:1:1: error: this is a folder, but its name is that of a file. Rename or delete it"),
    ("releases-edited", {"releases.json": to_text(Releases((RELEASED,), {})).replace("First", "Last")},
     "content/releases.json:1:1: error: this file of releases was changed by hand. " + BACK),
    ("edition-gone", {"releases.json": to_text(
        Releases((RELEASED,), {"dossier.yml": {"editions": [{"date": "2031-05-01"}]}}))},
     "content/dossier.yml:1:1: warning: the edition of 2031-05-01 was released and is gone: its address "
     "/as-of/2031-05-01/ leads nowhere. List it in `editions` again, or accept the warning with the reason"),
    ("address-gone", {"releases.json": to_text(Releases((RELEASED,), {"actors/zz": {"name": "Zz"}}))},
     "content/dossier.yml:1:1: warning: /actors/zz/ was released and leads nowhere now. Name the old id under "
     "`formerly` in the brief that took its place, or accept the warning with the reason"),
    # files and ids
    ("no-content", {"dossier.yml": None},
     "content/dossier.yml:1:1: error: no content folder here: content. A dossier is a folder that holds dossier.yml: "
     "name it in BRIEFING_CONTENT, or begin one with `briefing new dossier`"),
    ("stray-file", {"notes.txt": "x"},
     "content/notes.txt:1:1: error: this file does not belong here: the content folder has no place for it. "
     "Briefs stand in actors, demands, events, sources, terms, un-process/bodies, un-process/instruments, "
     "un-process/meetings; hand-written pages in pages"),
    ("stray-file", {"actor/cc.yml": ACTOR},
     "content/actor/cc.yml:1:1: error: this file does not belong here: the content folder has no place for it. "
     'Did you mean the folder "actors"?'),
    ("stray-file", {"instruments/cc.yml": TEXT},
     "content/instruments/cc.yml:1:1: error: this file does not belong here: the content folder has no place for it. "
     'Did you mean the folder "un-process/instruments"?'),
    ("stray-file", {"dosier.yml": "title: x\n"},
     "content/dosier.yml:1:1: error: this file does not belong here: the content folder has no place for it. "
     'Did you mean "dossier.yml"?'),
    ("not-a-file", {"actors/cc.yml/dd.yml": ACTOR},
     "content/actors/cc.yml:1:1: error: this is a folder, but its name is that of a file. Rename or delete it"),
    ("not-a-file", {"pages/map.png/readme.txt": "x"},
     "content/pages/map.png:1:1: error: this is a folder, but its name is that of a file. Rename or delete it"),
    ("yaml-suffix", {"actors/cc.yaml": ACTOR},
     "content/actors/cc.yaml:1:1: error: content files end in .yml, not .yaml. Rename it to cc.yml"),
    ("yaml-suffix", {"actors/cc.yml.txt": ACTOR},
     "content/actors/cc.yml.txt:1:1: error: content files end in .yml, not .yml.txt. Rename it to cc.yml"),
    ("stray-file", {"actors/cc.txt": ACTOR},
     "content/actors/cc.txt:1:1: error: this file does not belong here: briefs are .yml files. If it is a brief, rename "
     "it to cc.yml; otherwise move it out of the content folder"),
    ("stray-file", {"actors/mm.yml": MEETING, "un-process/meetings/mm.yml": None},
     "content/actors/mm.yml:1:1: error: this file does not belong here: it reads like a meeting. "
     "Move it to content/un-process/meetings/"),
    ("bad-id", {"actors/C_c.yml": ACTOR},
     'content/actors/C_c.yml:1:1: error: "C_c" cannot be an id: an id is lower-case ASCII letters, digits and '
     'hyphens. Try "c-c"'),
    ("reserved-id", {"actors/index.yml": ACTOR},
     'content/actors/index.yml:1:1: error: "index" cannot be an id: the site needs that address for itself. '
     "Choose a fuller name"),
    ("id-mismatch", {"actors/aa.yml": "id: ab\n" + ACTOR},
     'content/actors/aa.yml:1:5: error: the id given here, "ab", is not the file\'s name, "aa". Delete the line'),
    ("duplicate-id", {"events/aa.yml": ACTOR},
     'content/events/aa.yml:1:1: error: "aa" is already the id of content/actors/aa.yml. Give one of them a fuller '
     "name, a year or a publisher"),
    ("case-clash", {"events/AA.yml": ACTOR},
     'content/events/AA.yml:1:1: error: "AA" differs only in upper and lower case from content/actors/aa.yml. '
     "Rename one of them"),
    ("address-clash", {"pages/actors.md": "# A\n"},
     "content/pages/actors.md:1:1: error: the address /actors/ is already taken by a page of the site. "
     "Rename one of them"),
    ("address-clash", {"actors/aa.yml": ACTOR + "formerly: [bb]\n"},
     'content/actors/aa.yml:5:12: error: the address /actors/bb/ is already taken by "bb". Rename one of them'),
    ("page-title", {"pages/p.md": "words\n"},
     "content/pages/p.md:1:1: error: a hand-written page starts with its title. Start the page with a line such as "
     "`# From the report to the dossier`"),
    # fields
    ("unknown-field", {"actors/aa.yml": ACTOR + "alises: [A]\n"},
     'content/actors/aa.yml:5:1: error: unknown field "alises" in an actor. Did you mean "aliases"?'),
    ("unknown-field", {"demands/dd.yml": DEMAND + "stance: opposes\n"},
     'content/demands/dd.yml:6:1: error: unknown field "stance" in a demand. "stance" belongs to a position, not here'),
    ("unknown-field", {"actors/aa.yml": ACTOR + "ask: Stop.\n"},
     'content/actors/aa.yml:5:1: error: unknown field "ask" in an actor. "ask" belongs to a demand, not here'),
    ("unknown-field", {"actors/aa.yml": ACTOR + "“notes”: Words.\n"},
     'content/actors/aa.yml:5:1: error: unknown field "“notes”" in an actor. Write notes, without quotes; where a '
     'value needs quotes, they are straight quotes (")'),
    ("missing-field", {"actors/aa.yml": "name: Aa\nsummary: See [[bb]].\nsources: [paper]\n"},
     'content/actors/aa.yml:1:1: error: field "type" is missing in an actor. Add a line such as `type: person`'),
    ("wrong-type", {"actors/aa.yml": ACTOR + "aliases: Ah\n"},
     'content/actors/aa.yml:5:10: error: "aliases" must be a list, but this is the text "Ah". Write '
     "`aliases: [Ah]`"),
    ("wrong-type", {"actors/aa.yml": ACTOR.replace("[paper]", "paper, other")},
     'content/actors/aa.yml:4:10: error: "sources" must be a list, but this is the text "paper, other". Write '
     "`sources: [paper, other]`"),
    ("wrong-type", {"actors/aa.yml": ACTOR.replace("[paper]", "https://paper.example/")},
     'content/actors/aa.yml:4:10: error: "sources" must be a list, but this is the text "https://paper.example/". '
     "Write it like this: `sources: [ledger-tern]`"),
    ("wrong-type", {"actors/aa.yml": ACTOR.replace("state", "[state]")},
     'content/actors/aa.yml:2:7: error: "type" must be one word of a list, but this is a list. Write `type: state`'),
    ("wrong-type", {"actors/aa.yml": ACTOR + "standing:\n  standing: party\n  sources: [paper]\n"},
     'content/actors/aa.yml:6:3: error: "standing" must be a list, but this is a record. Write `- ` before its first '
     "field, and start its other fields below that one"),
    ("wrong-type", {"actors/aa.yml": ACTOR + "standing:\n  - party\n"},
     'content/actors/aa.yml:6:5: error: each value of "standing" must be a record, but this is the text "party". '
     "Write it like this: `standing: [{standing: party, date: 2031-04-02/.., sources: [ledger-tern]}]`"),
    ("bad-value", {"actors/aa.yml": ACTOR.replace("state", "stat")},
     'content/actors/aa.yml:2:7: error: "stat" is not a known value of "type". Did you mean "state"?'),
    ("bad-value", {"actors/aa.yml": ACTOR.replace("state", "‘state’")},
     'content/actors/aa.yml:2:7: error: "‘state’" is not a known value of "type". Write state, without quotes; where a '
     'value needs quotes, they are straight quotes (")'),
    ("bad-value", {"actors/aa.yml": ACTOR.replace("state", "STATE")},
     'content/actors/aa.yml:2:7: error: "STATE" is not a known value of "type". Did you mean "state"?'),
    ("bad-date", {"actors/aa.yml": ACTOR + "date: “2031-01-31”\n"},
     'content/actors/aa.yml:5:7: error: "“2031-01-31”" is not a date: it stands in typographic quotes. Write '
     '2031-01-31, without quotes; where a value needs quotes, they are straight quotes (")'),
    ("bad-date", {"actors/aa.yml": ACTOR + "date: 31/01/2031\n"},
     'content/actors/aa.yml:5:7: error: "31/01/2031" is not a date: it is not written year-month-day. Write 2031-01-31'),
    ("bad-date", {"actors/aa.yml": ACTOR + "date: 03/02/2031\n"},
     'content/actors/aa.yml:5:7: error: "03/02/2031" is not a date: it is not written year-month-day. Write 2031-02-03 '
     "or 2031-03-02"),
    ("bad-date", {"actors/aa.yml": ACTOR + "date: 2031-13\n"},
     f'content/actors/aa.yml:5:7: error: "2031-13" is not a date: there is no month 13. {DATE_HINT}'),
    ("unsupported-date", {"actors/aa.yml": ACTOR + "date: 2031-21\n"},
     f'content/actors/aa.yml:5:7: error: "2031-21" is valid EDTF, but not supported here (a season). {DATE_HINT}'),
    ("end-before-start", {"actors/aa.yml": ACTOR + "date: 2031/2030\n"},
     'content/actors/aa.yml:5:7: error: "2031/2030" ends before it starts. Write the earlier date first'),
    ("end-before-start",
     {"un-process/bodies/cc.yml": BODY + "mandate:\n  - {act: established, date: 2031-02, until: 2031-01, "
      "unverified: true}\nsee: [bb]\n"},
     'content/un-process/bodies/cc.yml:6:46: error: "2031-02 to 2031-01" ends before it starts. Write the earlier '
     "date first"),
    ("bad-time", {"un-process/meetings/mm.yml": MEETING + 'time: "5 pm"\n'},
     'content/un-process/meetings/mm.yml:6:7: error: "5 pm" is not a time of day. Write hours, minutes and zone, '
     "such as 17:00+01:00 or 16:00Z"),
    ("bad-time", {"un-process/meetings/mm.yml": MEETING + "time: 9.30\n"},
     'content/un-process/meetings/mm.yml:6:7: error: "9.30" is not a time of day. Write 09:30Z or 09:30 with its '
     "zone, such as 09:30+01:00"),
    ("bad-number",
     {"un-process/instruments/ii.yml": TEXT + "vote: {in_favour: 1e3, against: 0, abstaining: 0}\n"},
     'content/un-process/instruments/ii.yml:9:19: error: "1e3" is not a whole number. Write digits only, such as 15'),
    ("bad-number", {"un-process/instruments/ii.yml": TEXT + "vote: {in_favour: ٥, against: 0, abstaining: 0}\n"},
     'content/un-process/instruments/ii.yml:9:19: error: "٥" is not a whole number. Write 5'),
    ("bad-number", {"un-process/instruments/ii.yml": TEXT + f"vote: {{in_favour: {'9' * 16}, against: 0, abstaining: 0}}\n"},
     f'content/un-process/instruments/ii.yml:9:19: error: "{"9" * 16}" is not a whole number. Write at most 15 digits, in a '
     "larger unit"),
    ("bad-yes-no", {"actors/aa.yml": ACTOR + "main: yes\n"},
     'content/actors/aa.yml:5:7: error: "yes" is neither true nor false. Write true'),
    ("bad-url", {"sources/all.yml": SMALL["sources/all.yml"] + "  url: www.paper.example\n"},
     'content/sources/all.yml:6:8: error: "www.paper.example" is not a web address. Write '
     "https://www.paper.example"),
    ("bad-contact", {"dossier.yml": SMALL["dossier.yml"] + "contact: javascript:alert(1)\n"},
     'content/dossier.yml:5:10: error: "javascript:alert(1)" is neither an e-mail nor a web address. Write an address '
     "such as editors@example.org, or one that starts with https://"),
    ("bad-language", {"actors/aa.yml": ACTOR + "scripts: [{lang: Arabic, name: x}]\n"},
     'content/actors/aa.yml:5:18: error: "Arabic" is not a language code. Write ar'),
    ("bad-language", {"actors/aa.yml": ACTOR + "scripts: [{lang: Elvish, name: x}]\n"},
     'content/actors/aa.yml:5:18: error: "Elvish" is not a language code. Write a code such as en, ar or zh-Hans'),
    ("bad-length",
     {"un-process/instruments/ii.yml": TEXT + "deadlines: [{what: x, within: soon, due: 2031}]\n"},
     'content/un-process/instruments/ii.yml:9:31: error: "soon" is not a length of time. Write a number and a unit: '
     "30 days, 2 weeks, 6 months or 1 year"),
    ("bad-reference", {"demands/dd.yml": DEMAND.replace("[aa]", "[Aa]")},
     'content/demands/dd.yml:4:11: error: "Aa" cannot be a reference: an id has lower-case letters, digits and '
     'hyphens only. Did you mean "aa"?'),
    *((("bad-reference"), {"demands/dd.yml": DEMAND.replace("[aa]", f"[{typed}]"), "actors/aa.yml":
                           ACTOR + "aliases: [Ah Ah]\n"},
       f'content/demands/dd.yml:4:11: error: "{typed}" cannot be a reference: an id has lower-case letters, digits and '
       f"hyphens only. {hint}")
      for typed, hint in (("aa.yml", 'Did you mean "aa"?'), ("actors/aa", 'Did you mean "aa"?'),
                          ("Ah Ah", 'Did you mean "aa"?'), ("aa bb", "Write aa, bb: a comma and a space between two"),
                          ("Zz", "Write the id, which is the other file's name without .yml"))),
    ("bad-reference", {"demands/dd.yml": DEMAND.replace("[paper]", "[https://paper.example/1]")},
     'content/demands/dd.yml:5:11: error: "https://paper.example/1" cannot be a reference: an id has lower-case '
     "letters, digits and hyphens only. A source is cited by its id: add the source with this address to a file in "
     "sources/, and write its id here"),
    ("bad-reference", {"demands/dd.yml": DEMAND.replace("[aa]", "[“aa”, bb]")},
     'content/demands/dd.yml:4:11: error: "“aa”" cannot be a reference: it stands in typographic quotes. Write aa, '
     'without quotes; where a value needs quotes, they are straight quotes (")'),
    ("bad-record", {"events/ee.yml": "name: E\ntype: estimate\ndate: 2031\nbears_on: [dd]\nsources: [paper]\naccounts:\n"
                    "  - {says: x, sources: [paper], figure: {unit: people}}\n"},
     "content/events/ee.yml:7:41: error: a figure needs a value, or both low and high. Write `value: 71`, or "
     "`low: 45` and `high: 60`"),
    # prose
    ("prose-html", {"actors/aa.yml": ACTOR + "notes: A <b>bold</b> word.\n"},
     "content/actors/aa.yml:5:10: error: HTML (<b>) stands in the text. Use Markdown, or write &lt; for the sign <"),
    ("prose-heading", {"actors/aa.yml": ACTOR + "notes: |\n  One.\n\n  ## Two\n"},
     "content/actors/aa.yml:8:3: error: a heading (##) stands in a field. Use a paragraph, or **bold** words"),
    ("prose-link", {"actors/aa.yml": ACTOR + "notes: Look [there](//elsewhere.example/).\n"},
     "content/actors/aa.yml:5:21: error: the link to //elsewhere.example/ is not carried. Write the whole address "
     "with https://, or link a brief as [[id]]"),
    ("prose-image", {"actors/aa.yml": ACTOR + "notes: \"![x](https://elsewhere.example/x.png)\"\n"},
     "content/actors/aa.yml:5:14: error: the image https://elsewhere.example/x.png is not carried. Put the file below "
     "content/pages/ and use it in a hand-written page"),
    ("broken-reference", {"actors/aa.yml": ACTOR + "notes: See [[B b]].\n"},
     "content/actors/aa.yml:5:12: error: [[B b]] is not a reference. Write [[id]], [[id|shown text]], [[id#op12]] or "
     "[@source-id, para. 4]"),
    ("broken-reference", {"actors/aa.yml": ACTOR + "notes: See [[BB]].\n"},
     "content/actors/aa.yml:5:12: error: [[BB]] is not a reference. Did you mean [[bb]]?"),
    *(("broken-reference", {"actors/aa.yml": ACTOR + f"notes: |\n  See {typed}.\n"},
       f"content/actors/aa.yml:6:7: error: {typed} is not a reference. Did you mean {meant}?")
      for typed, meant in (("[bb]", "[[bb]]"), ("[[bb]", "[[bb]]"), ("[bb|Bee]", "[[bb|Bee]]"), ("(@paper)", "[@paper]"),
                           ("@paper", "[@paper]"), ("[paper]", "[@paper]"), ("[@paper.yml]", "[@paper]"),
                           ("[[Bee|bb]]", "[[bb|Bee]]"), ("[[bb.yml]]", "[[bb]]"),
                           ("[@paper, @paper]", "[@paper; @paper]"))),
    ("text-after-hash", {"actors/aa.yml": ACTOR + "notes: House #4 and more\n"},
     'content/actors/aa.yml:5:14: warning: this text ends before "#": what follows is a comment, and no page shows it. '
     "If it belongs to the text, put the whole value in quotes; if it is a comment, give it a line of its own"),
    ("loaded-word", {"terms/tt.yml": "name: Tt\ndefinition: A regime judges.\nloaded: [regime, shore-backed force]\n"
                     "house_word: government\nsources: [paper]\n",
                     "actors/aa.yml": ACTOR.replace("See", 'The "regime" is the\n  Regimes-led one. See').replace(
                         "summary: ", "summary: |\n  ")},
     'content/actors/aa.yml:5:3: warning: "Regimes" is a loaded word that stands outside a quotation. This site says '
     '"government", or quotes the word as somebody\'s'),
    ("loaded-word", {"terms/tt.yml": "name: Tt\ndefinition: A word.\nloaded: [regime]\nsources: [paper]\n",
                     "pages/p.md": "# P\n\nOf *regime* and [[aa|the regime]] [@paper].\n"},
     'content/pages/p.md:3:26: warning: "regime" is a loaded word that stands outside a quotation. Use a neutral word, '
     "or put it in quotes as somebody's word; where it has to stand, accept the warning with a reason"),
    ("same-name", {"actors/bb.yml": ACTOR.replace("bb", "aa")},
     'content/actors/bb.yml:1:7: warning: "Aa" is also the name of "aa". Give one of them a fuller name, or delete it'),
    ("typographic-quotes", {"actors/aa.yml": ACTOR + "notes: “A whole text.”\n"},
     "content/actors/aa.yml:5:8: warning: this whole text stands in typographic quotes (“). Delete them: the page "
     'itself sets quotations in quotes; where YAML needs quotes, they are straight (")'),
    # references
    ("unknown-id", {"actors/aa.yml": ACTOR + "notes: See [[old-b]].\n",
                    "actors/bb.yml": SMALL["actors/bb.yml"] + "formerly: [old-b]\n"},
     'content/actors/aa.yml:5:12: error: no brief has the id "old-b". "old-b" is now called "bb": write that'),
    ("unknown-id", {"actors/aa.yml": ACTOR + "notes: See [[bbb]].\n"},
     'content/actors/aa.yml:5:12: error: no brief has the id "bbb". Did you mean "bb"?'),
    ("unknown-source", {"actors/aa.yml": ACTOR + "notes: So it is [@papr, p. 2].\n"},
     'content/actors/aa.yml:5:17: error: no source has the id "papr". Did you mean "paper"?'),
    ("wrong-kind", {"demands/dd.yml": DEMAND.replace("[aa]", "[aa, mm]")},
     'content/demands/dd.yml:4:15: error: "mm" is a meeting, but here stands an actor or a body'),
    ("unknown-anchor", {"demands/dd.yml": DEMAND + "basis: [{text: \"ii#op2\"}]\n"},
     'content/demands/dd.yml:6:16: error: "ii" has no place "#op2". Did you mean #op1?'),
    # cross-checks
    ("member-before-founding",
     {"un-process/bodies/cc.yml": BODY + "date: 2031-03/..\n",
      "actors/aa.yml": ACTOR + "memberships: [{of: cc, date: 2031-01/.., sources: [paper]}]\n"},
     'content/actors/aa.yml:5:30: error: Aa is a member of "cc" (from January 2031) before it began (from March '
     "2031). Correct one of the two dates"),
    ("edition-not-a-day", {"dossier.yml": SMALL["dossier.yml"] + "editions:\n  - {date: 2031-05, title: x, sources: [paper]}\n"},
     "content/dossier.yml:6:12: error: an edition is one whole day, not May 2031. Write a day such as 2031-05-20"),
    ("edition-too-late",
     {"dossier.yml": SMALL["dossier.yml"] + "editions:\n  - {date: 2031-06-02, title: x, sources: [paper]}\n"},
     "content/dossier.yml:6:12: error: this edition (2 June 2031) lies after the day that the dossier stands at (1 June "
     "2031). Leave it out, or give `as_of` a later day"),
    ("edition-twice",
     {"dossier.yml": SMALL["dossier.yml"] + "editions:\n  - {date: 2031-05-31, title: x, sources: [paper]}\n"
                                            "  - {date: 2031-05-31, title: y, sources: [paper]}\n"},
     "content/dossier.yml:7:12: error: there is an edition of 31 May 2031 already. Join the two"),
    ("no-source", {"dossier.yml": SMALL["dossier.yml"] + "editions:\n  - {date: 2031-05-31, title: x}\n"},
     "content/dossier.yml:6:5: error: an edition without a source. Add `sources: [...]`, or `unverified: true`"),
    ("side-twice", {"dossier.yml": SMALL["dossier.yml"] + "sides:\n  - {name: One, actors: [aa]}\n  - {name: one, actors: [bb]}\n"},
     'content/dossier.yml:7:12: error: there is a side named "one" already. Join the two'),
    ("actor-in-two-sides",
     {"dossier.yml": SMALL["dossier.yml"] + "sides:\n  - {name: One, actors: [aa]}\n  - {name: Two, actors: [bb, aa]}\n"},
     'content/dossier.yml:7:30: error: "aa" counts to the side "One" already. Leave it out here, or there'),
    ("history-out-of-order",
     {"demands/dd.yml": DEMAND + "history:\n  - {date: 2031-02, what: a, sources: [paper]}\n"
      "  - {date: 2031-01-31, what: b, sources: [paper]}\n"},
     "content/demands/dd.yml:8:12: error: this step (31 January 2031) stands after a later one (February 2031). "
     "Move it up"),
    ("position-without-grounds", {"demands/dd.yml": DEMAND + "positions: [{actor: bb, stance: opposes}]\n"},
     "content/demands/dd.yml:6:13: error: this position has neither a source nor a basis. Add `sources: [...]`, or "
     "`basis: inferred` with a note, or `basis: none found`"),
    ("inference-without-note",
     {"demands/dd.yml": DEMAND + "positions: [{actor: bb, stance: opposes, basis: inferred}]\n"},
     "content/demands/dd.yml:6:13: warning: this position is inferred, but nothing says from what. Add a `note`"),
    ("no-source", {"actors/aa.yml": ACTOR + "relations: [{type: fights, actor: bb}]\n"},
     "content/actors/aa.yml:5:13: error: a relation without a source. Add `sources: [...]`, or `unverified: true`"),
    ("no-source", {"actors/aa.yml": ACTOR.replace("sources: [paper]\n", "")},
     "content/actors/aa.yml:1:1: error: an actor without a source. Add `sources: [...]`, or `unverified: true`"),
    ("vote-total",
     {"un-process/instruments/ii.yml": TEXT + "vote: {in_favour: 14, against: 0, abstaining: 0, total: 15}\n"},
     "content/un-process/instruments/ii.yml:9:57: error: the votes add up to 14, but the total is 15. Correct the "
     "numbers"),
    ("deadline-from-nothing", {"un-process/instruments/ii.yml": TEXT + "deadlines: [{what: x, within: 30 days}]\n"},
     "content/un-process/instruments/ii.yml:9:13: error: this deadline counts from nothing. Add `due`, or `within` "
     "and `counted_from`"),
    ("deadline-from-undated",
     {"un-process/instruments/ii.yml": TEXT + "deadlines: [{what: x, within: 30 days, counted_from: [{start: bb}]}]\n"},
     'content/un-process/instruments/ii.yml:9:63: error: this deadline counts from "bb", which has no date. Give that '
     "brief a date, or count from a date"),
    ("outside-meeting",
     {"events/ee.yml": "name: E\ntype: military\ndate: 2031-02-06\nmeeting: mm\nsources: [paper]\n"},
     'content/events/ee.yml:4:10: error: 6 February 2031 lies outside the dates of "mm" (1 to 5 February 2031). '
     "Correct the date or the meeting"),
    ("circular-part", {"un-process/meetings/mm.yml": MEETING + "part_of: mm\n"},
     'content/un-process/meetings/mm.yml:6:10: error: "mm" is a part of itself (mm > mm). Remove one `part_of`'),
    ("source-too-early",
     {"demands/dd.yml": DEMAND + "history: [{date: 2031-07, what: a, sources: [paper]}]\n"},
     'content/demands/dd.yml:6:46: warning: "paper" was published on 31 May 2031, before what it is said to report '
     "(July 2031). Correct the date, or cite another source"),
    ("source-never-cited",
     {"sources/more.yml": "other:\n  publisher: P\n  title: T\n  type: book\n"},
     "content/sources/more.yml:1:1: warning: no brief cites this source. Cite it, or delete it"),
    ("never-linked", {"actors/cc.yml": "name: Cc\ntype: state\nsources: [paper]\n"},
     "content/actors/cc.yml:1:1: warning: no other brief links here. Link it from a brief it bears on"),
    ("unknown-warning", {"actors/aa.yml": ACTOR + "accept: {never-linkd: for now}\n"},
     'content/actors/aa.yml:5:23: error: "never-linkd" is not a warning that can be accepted. Did you mean '
     '"never-linked"?'),
    ("idle-accept", {"actors/aa.yml": ACTOR + "accept: {never-linked: for now}\n"},
     'content/actors/aa.yml:5:24: warning: nothing here gives the warning "never-linked" any more. Delete it from '
     "`accept`"),
]


@pytest.mark.parametrize(("code", "files", "line"), CASES, ids=[f"{n}-{case[0]}" for n, case in enumerate(CASES)])
def test_each_problem_is_said_in_these_words_at_this_place(
    code: str, files: dict[str, str | bytes | None], line: str, tmp_path: Path
) -> None:
    assert problems(tmp_path, files)[:1] == [f"{line} [{code}]"]


# What is not canonical in an otherwise right file, and the one line that `briefing check` says of it.
FORMAT_CASES: list[tuple[str, dict[str, str | bytes | None], str]] = [
    ("format-order", {"actors/aa.yml": "type: state\nname: Aa\nsummary: See [[bb]].\nsources: [paper]\n"},
     'content/actors/aa.yml:1:1: warning: field "type" stands out of order. Move it to just after "name" '
     "(`briefing check --fix` does it)"),
    ("format-quotes", {"actors/aa.yml": ACTOR.replace("Aa", '"Aa"')},
     "content/actors/aa.yml:1:7: warning: this needs no quotes. Write Aa (`briefing check --fix` does it)"),
    ("format-quotes", {"actors/aa.yml": ACTOR.replace("Aa", "017")},
     "content/actors/aa.yml:1:7: warning: this text needs quotes: without them some programs read a number, a date or "
     'yes or no. Write "017" (`briefing check --fix` does it)'),
    ("format-quotes", {"actors/aa.yml": ACTOR.replace("Aa", "'A: a'")},
     'content/actors/aa.yml:1:7: warning: this stands in other quotes than usual. Write "A: a" (`briefing check --fix` '
     "does it)"),
    ("format-spacing", {"actors/aa.yml": ACTOR.replace("type: ", "type:   ")},
     "content/actors/aa.yml:2:5: warning: a colon stands right after its field and before one space. Write "
     "`field: value` (`briefing check --fix` does it)"),
    ("format-spacing", {"actors/aa.yml": ACTOR.replace("[paper]", "[ paper ]")},
     "content/actors/aa.yml:4:11: warning: inside brackets one space stands after each comma, and none elsewhere. "
     "Write [a, b] or {a: b} (`briefing check --fix` does it)"),
    ("format-spacing", {"actors/aa.yml": ACTOR.replace("\n", "\r\n")},
     "content/actors/aa.yml:1:9: warning: this file's lines end as Windows ends them (CR LF). Save it with Unix line "
     "ends (LF) (`briefing check --fix` does it)"),
    ("format-spacing", {"actors/aa.yml": "\ufeff" + ACTOR},
     "content/actors/aa.yml:1:1: warning: a byte order mark starts this file. Save it as UTF-8 without one "
     "(`briefing check --fix` does it)"),
    ("format-spacing", {"actors/aa.yml": ACTOR + "scripts:\n- lang: ar\n  name: x\n"},
     "content/actors/aa.yml:6:1: warning: this is indented by 0 instead of 2. Start it 2 spaces in from its field "
     "(`briefing check --fix` does it)"),
    ("format-list", {"actors/aa.yml": ACTOR.replace("[paper]", "\n  - paper")},
     "content/actors/aa.yml:5:3: warning: this short list fits on one line. Write [paper] (`briefing check --fix` does "
     "it)"),
]


@pytest.mark.parametrize(("code", "files", "line"), FORMAT_CASES,
                         ids=[f"{n}-{case[0]}" for n, case in enumerate(FORMAT_CASES)])
def test_each_departure_from_the_format_is_said_by_the_check_and_by_no_build(
    code: str, files: dict[str, str | bytes | None], line: str, tmp_path: Path
) -> None:
    content = write(tmp_path, files)
    found = [problem.as_text() for problem in all_problems(*read_content(content))]
    assert f"{line} [{code}]" in found
    assert load_dossier(content)[1] == []


def test_what_cannot_be_read_is_said_where_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = write(tmp_path, {"actors/locked.yml": ACTOR, "pages/locked.md": "# A\n"})
    (content / "terms").mkdir()
    (content / "terms" / "gone.yml").symlink_to("nowhere.yml")
    (content / "events").mkdir()
    (content / "events" / "loop").symlink_to(content)
    read_bytes = Path.read_bytes

    def locked(path: Path) -> bytes:
        if path.stem == "locked":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", locked)
    hint = "Mend its permissions or the link, or delete it [unreadable]"
    assert [problem.as_text() for problem in load_dossier(content)[1]] == [
        f"content/actors/locked.yml:1:1: error: this cannot be read: its permissions forbid it. {hint}",
        f"content/events/loop:1:1: error: this cannot be read: it leads back to a folder above it. {hint}",
        f"content/pages/locked.md:1:1: error: this cannot be read: its permissions forbid it. {hint}",
        f"content/terms/gone.yml:1:1: error: this cannot be read: it leads to nothing. {hint}"]


@pytest.mark.parametrize(("typed", "meant"), [
    ("31 January 2016", "2016-01-31"), ("January 31st, 2016", "2016-01-31"), ("31.1.2016", "2016-01-31"),
    ("Jan. 2016", "2016-01"), ("2016-1-5", "2016-01-05"), ("2016/01/31", "2016-01-31"), ("01/2016", "2016-01"),
    ("c. 2016", "2016~"), ("the 1990s", "199X"), ("29-31 January 2016", "2016-01-29/2016-01-31"),
    ("2016-01-29 to 2016-02-03", "2016-01-29/2016-02-03"), ("since 2015", "2015/.."),
    ("2016–01–31", "2016-01-31"), ("2016-01-29 / 2016-02-03", "2016-01-29/2016-02-03"), ("2016-01-xx", "2016-01-XX"),
    ("30 January - 3 February 2016", "2016-01-30/2016-02-03"), ("2016-01-29/present", "2016-01-29/.."),
    ("between 1 and 3 January 2016", "2016-01-01/2016-01-03 2016-01"), ("early January 2016", "2016-01"),
    ("end of 2016", "2016"), ("until 3 January 2016", "../2016-01-03"), ("between us and them", ""),
    ("03/02/2016", "2016-02-03 2016-03-02"), ("02/02/2016", "2016-02-02"), ("30 February 2016", ""),
    ("tomorrow", ""), ("1/13/16", ""),
])
def test_a_date_in_another_form_is_spelt_out_where_it_is_certain(typed: str, meant: str) -> None:
    assert " ".join(likely_dates(typed)) == meant


@pytest.mark.parametrize(("name", "text"), [
    ("actors/states/bb.yml", ACTOR), ("actors/bb.yaml", ACTOR), ("actors/bb.txt", ACTOR), ("actors/Bb.yml", ACTOR),
    ("demands/bb.yml", ACTOR.replace("state", "person") + "offices: []\nlabels: []\n"),
    ("sources/all.yml", "paper\n  title: News\n"), ("sources/all.yml", "- paper:\n"),
    ("sources/all.yml", "paper:\ntitle: News\n  publisher: Paper\n"),
])
def test_what_a_misplaced_or_unreadable_file_would_hold_is_missed_nowhere_else(
        name: str, text: str, tmp_path: Path) -> None:
    found = problems(tmp_path, {"actors/bb.yml": None if "bb" in name.lower() else SMALL["actors/bb.yml"], name: text})
    assert found and {line.split(":")[0] for line in found} == {f"content/{name}"}


def test_an_invisible_character_in_a_word_is_named(tmp_path: Path) -> None:
    found = problems(tmp_path, {"actors/aa.yml": ACTOR.replace("state", "sta\u200bte\u00a0")})
    assert [line.partition(". ")[2] for line in found] == [
        "Type state anew: a character that does not show (U+200B) stands in it [bad-value]"]


def test_a_comment_two_spaces_after_a_text_is_a_comment(tmp_path: Path) -> None:
    assert problems(tmp_path, {"actors/aa.yml": ACTOR + "notes: A house.  # check the number\n"}) == []


def test_the_small_dossier_has_no_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, {}) == []


def test_every_diagnostic_code_is_shown_by_a_test() -> None:
    shown = Path(__file__).read_text() + (Path(__file__).parent / "test_yaml_text.py").read_text()
    assert [code for code in CODES if f'"{code}"' not in shown and f"[{code}]" not in shown] == []


def test_a_warning_is_accepted_where_the_record_gives_a_reason(tmp_path: Path) -> None:
    content = write(tmp_path, {"actors/cc.yml": "name: Cc\ntype: state\nsources: [paper]\naccept:\n"
                                                "  never-linked: kept for its aliases\n"})
    dossier, found = load_dossier(content)
    assert found == []
    assert dossier is not None
    assert [(entry.diagnostic.code, entry.origin, entry.reason) for entry in dossier.accepted] == [
        ("never-linked", "cc", "kept for its aliases")]


def test_all_problems_of_all_files_come_in_one_run_in_order(tmp_path: Path) -> None:
    found = problems(tmp_path, {"actors/aa.yml": ACTOR + "alises: [A]\nmain: yes\n",
                                "actors/bb.yml": "name: Bb\nname: Cc\ntype: state\nsummary: See [[zz]].\nsources: [paper]\n"})
    assert [line.split(": ")[0] for line in found] == [
        "content/actors/aa.yml:5:1", "content/actors/aa.yml:6:7", "content/actors/bb.yml:2:1",
        "content/actors/bb.yml:4:14"]


def test_a_misspelt_field_is_not_reported_as_missing_as_well(tmp_path: Path) -> None:
    found = problems(tmp_path, {"actors/aa.yml": ACTOR.replace("type:", "tpye:")})
    assert [line.split(" ")[-1] for line in found] == ["[unknown-field]"]


def test_briefs_are_checked_also_where_the_dossiers_own_record_is_broken(tmp_path: Path) -> None:
    found = problems(tmp_path, {"dossier.yml": "title: Small\n", "actors/aa.yml": ACTOR + "notes: See [[zz]].\n"})
    assert [line.split(" ")[-1] for line in found] == ["[unknown-id]", "[missing-field]", "[missing-field]"]


def test_a_brief_that_cannot_be_read_causes_no_second_problem_where_it_is_linked(tmp_path: Path) -> None:
    found = problems(tmp_path, {"actors/bb.yml": "name: Bb\ntype: stat\nsources: [paper]\n"})
    assert [line.split(" ")[-1] for line in found] == ["[bad-value]"]


def test_dates_of_different_precision_are_no_problem_while_they_may_agree(tmp_path: Path) -> None:
    assert problems(tmp_path, {
        "demands/dd.yml": DEMAND + "history:\n  - {date: 2031-02-03, what: a, sources: [paper]}\n"
                                   "  - {date: 2031-02, what: b, sources: [paper]}\n",
        "events/ee.yml": "name: E\ntype: military\ndate: 2031-02\nmeeting: mm\nsources: [paper]\n"}) == []


@pytest.mark.parametrize("folder", [SAMPLE, CONTENT], ids=["sample", "real"])
def test_a_slip_in_any_key_of_any_brief_is_reported_where_it_stands(folder: Path) -> None:
    """Every key of every kind of record, one at a time, where it first and where it last stands: read again with one
    letter too many. What is found depends on the model and on the way to the key, so that the thousands of places
    between have nothing to add.
    """
    slips: dict[tuple[object, ...], list[tuple[Path, int, int, str]]] = {}
    for path in sorted(folder.rglob("*.yml")):
        model = _model(path.relative_to(folder).as_posix())
        for number, indent, way in _keys(path.read_text(encoding="utf-8").split("\n"), ids=model is None):
            slips.setdefault((model, indent, *way), []).append((path, number, indent, way[-1]))
    for found in slips.values():
        for path, number, indent, key in dict.fromkeys((found[0], found[-1])):
            assert (number, indent + 1) in _slip(path, number, key, _model(path.relative_to(folder).as_posix())), (
                f"{path}:{number}: {key}")
    assert len(slips) > 150


def _slip(path: Path, number: int, key: str, model: type[Record] | None) -> set[tuple[int, int]]:
    """The places of what is found where the key of this line has one letter too many."""
    lines = path.read_text(encoding="utf-8").split("\n")
    slip = [*lines[:number - 1], lines[number - 1].replace(f"{key}:", f"{key}x:", 1), *lines[number:]]
    above, record = (0, slip) if model is not None else _one_of_many(slip, number)
    return {(above + problem.line, problem.column) for problem in _read("\n".join(record), model)}


def _model(relative: str) -> type[Record] | None:
    """The model of a file's record; None for a file of sources, which holds many."""
    if relative == "dossier.yml":
        return Settings
    kind = {folder: kind for kind, folder in FOLDERS.items()}[relative.rpartition("/")[0]]
    return None if kind == "source" else KINDS[kind]


def _one_of_many(lines: list[str], number: int) -> tuple[int, list[str]]:
    """The record of a file of sources that holds a line, and how many lines stand above it."""
    tops = [at for at, line in enumerate(lines) if line[:1].strip() and not line.startswith("#")]
    start = max(at for at in tops if at < number)
    return start, lines[start:min((at for at in tops if at >= number), default=len(lines))]


def _read(text: str, model: type[Record] | None) -> list[Diagnostic]:
    node, problems = read_yaml(text.encode(), "b.yml")
    if node is None or not isinstance(node.value, dict):
        return problems
    if model is not None:
        given = {} if model is Settings else {"id": "b"}
        return problems + read_record(model, node, "b.yml", given)[1]
    return problems + [problem for entry in node.value.values()
                       for problem in read_record(Source, entry.node, "b.yml", {"id": "b"})[1]]


def _keys(lines: list[str], ids: bool) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Line and indentation of every key that starts a line, and the keys on the way to it with itself at the end.

    Texts, ids and accepted warnings are none.
    """
    text_below: int | None = None
    above: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        indent = len(line) - len(line.lstrip())
        if text_below is not None and (not line.strip() or indent > text_below):
            continue
        text_below = None
        match = re.match(r"( *(?:- )?)([a-z_]+):(?: |$)", line)
        if match is None:
            continue
        if re.search(r"(: [|>][-+]?|^ *accept:)$", line):
            text_below = indent
        column = len(match[1])
        above = [entry for entry in above if entry[0] < column]
        top = ids and indent == 0
        above.append((column, "" if top else match[2]))
        if not top:
            yield number, column, tuple(key for _, key in above)
