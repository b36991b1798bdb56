"""Every problem the project can report, and its wording: one table, one place.

A check or a reader names a code and the facts; the words come from here, and so does the
line in the editors' reference. Problems are values: they are collected, never raised.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from generator.values import Value

ERROR = "error"
WARNING = "warning"

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Diagnostic(Value, order=True):
    """One problem at one place.

    `file` is POSIX and relative to the content folder's parent; `line` and `column` count
    from 1 (1:1 stands for a whole file). `hint` says what to write instead, or is None.
    """

    file: str
    line: int
    column: int
    severity: str
    code: str
    message: str
    hint: str | None = None

    def as_text(self) -> str:
        words = self.message if self.hint is None else f"{self.message}. {self.hint}"
        line = f"{self.file}:{self.line}:{self.column}: {self.severity}: {words} [{self.code}]"
        # A file's name may hold anything: it makes no second line, and commands no terminal.
        return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", line)


class Code(Value):
    """A kind of problem: its name, how grave it is, its wording and its line in the reference."""

    name: str
    severity: str
    message: str
    about: str
    hint: str | None = None
    cause: str = ""
    """Where the same words stand for one cause: in the whole "dossier", in one "file", or nowhere."""

    @property
    def can_be_accepted(self) -> bool:
        """Whether a record may accept it with a reason: a warning may, but not one of the format."""
        return self.severity == WARNING and not self.name.startswith("format-")


CODES: dict[str, Code] = {}


def _code(name: str, severity: str, message: str, about: str, hint: str | None = None, cause: str = "") -> None:
    if name in CODES:
        raise ValueError(f"diagnostic {name} is defined twice")
    CODES[name] = Code(name, severity, message, about, hint, cause)


def diagnostic(
    code: str, file: str, line: int = 1, column: int = 1, /, *, hint: str | None = None, **facts: object
) -> Diagnostic:
    """Word a problem. `facts` fill the braces of the code's message; `hint` overrides its hint."""
    entry = CODES[code]
    facts = {name: " ".join(fact.split()) if isinstance(fact, str) and "\n" in fact else fact
             for name, fact in facts.items()}
    own = entry.hint.format(**facts) if entry.hint and hint is None else hint
    return Diagnostic(file, line, column, entry.severity, code, entry.message.format(**facts), own)


def nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known words that are spelt most like a word, nearest first; capital letters do not count."""
    spellings = {name.casefold(): name for name in sorted(known, reverse=True)}
    word = word.casefold()
    if word in spellings:
        return [spellings[word]]
    found = difflib.get_close_matches(word, sorted(spellings), most, 0.6)
    likeness = [difflib.SequenceMatcher(None, name, word).ratio() for name in found]
    return [spellings[name] for name, alike in zip(found, likeness, strict=True)
            if alike >= likeness[0] - 0.1 or likeness[0] < 0.9]  # beside a slip of the pen, all others are noise


def did_you_mean(word: str, known: Iterable[str], quote: str = '"', most: int = 3) -> str | None:
    """A hint that names the nearest known words, nearest first; None where nothing is near."""
    near = nearest(word, known, most)
    if not near:
        return None
    return did_you_mean_one_of(near, quote)


def did_you_mean_one_of(names: Iterable[str], quote: str = '"') -> str:
    quoted = [f"{quote}{name}{quote}" for name in names]
    return f"Did you mean {quoted[0]}?" if len(quoted) == 1 else f"Did you mean one of {', '.join(quoted)}?"


# --- hints that are worked out from what was typed --------------------------------------------

_TYPOGRAPHIC = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb\u2039\u203a"
_NO_REFERENCE = '" cannot be a reference: '
TYPOGRAPHIC_REASON = "it stands in typographic quotes"
DATE_FORM_REASON = "it is not written year-month-day"


def without_typographic_quotes(value: str) -> str | None:
    """The value inside quotes such as \u201c...\u201d; None where it neither starts nor ends with one."""
    inner = value.strip(_TYPOGRAPHIC).strip()
    return inner if inner != value.strip() else None


def straight_quotes(value: str) -> str | None:
    """A hint for a value in typographic quotes, which YAML takes for a part of it; None for any other."""
    inner = without_typographic_quotes(value)
    if inner is None:
        return None
    return f'Write {inner}, without quotes; where a value needs quotes, they are straight quotes (")'


_HIDDEN = "\u00a0\u00ad\u200b-\u200f\u2000-\u200a\u202f\u205f\u2060-\u2064\u3000"


def hidden_character(value: str) -> str | None:
    """The first character of a value that shows as nothing or as a plain space and is neither; None without one."""
    found = re.search(f"[{_HIDDEN}]", value)
    return found[0] if found else None


def without_hidden(value: str) -> str:
    """A value with plain spaces, and without what does not show."""
    return re.sub(f"[{_HIDDEN}]", lambda match: " " if match[0].isspace() else "", value)


def hidden_in(value: str, character: str) -> str:
    """A hint for a value with a character that cannot be seen."""
    return f"Type {value} anew: a character that does not show (U+{ord(character):04X}) stands in it"


DASH_BEFORE_RECORD = "Write `- ` before its first field, and start its other fields below that one"


def write_one_of(values: Iterable[str]) -> str:
    """A hint that names what to write: the one answer, or two to choose from."""
    return f"Write {' or '.join(values)}"


NO_DATE = "Where no date is known, delete the line"


def date_and_time(date: str, time: str) -> str:
    """A hint for a date and a time of day in one value."""
    return f'Write {date}, and below it the field `time: "{time}Z"`, or with its zone, such as "{time}+01:00"'


def belongs_to(field: str, owners: Iterable[str]) -> str:
    """A hint for a field that other kinds of record have; `owners` are their labels, with articles."""
    return f'"{field}" belongs to {" or ".join(owners)}, not here'


def renamed(old: str, new: str) -> str:
    """A hint for an id that a brief had before."""
    return f'"{old}" is now called "{new}": write that'


def did_you_mean_folder(folder: str) -> str:
    return f'Did you mean the folder "{folder}"?'


def move_or_rename(name: str) -> str:
    return f"If it is a brief, rename it to {name}; otherwise move it out of the content folder"


def did_you_mean_reference(id: str) -> str:
    return f"Did you mean [[{id}]]?"


def did_you_mean_citation(id: str) -> str:
    return f"Did you mean [@{id}]?"


def did_you_mean_id(id: str) -> str:
    return f'Did you mean "{id}"?'


def several_values(values: Iterable[str]) -> str:
    """A hint for values that stand together as one."""
    return f"Write {', '.join(values)}: a comma and a space between two"


SOURCE_OF_ADDRESS = ("A source is cited by its id: add the source with this address to a file in sources/, "
                     "and write its id here")


def typed_reference(problem: Diagnostic) -> str | None:
    """What was typed where an id belongs and is none; None for every other problem."""
    typed, mark, reason = problem.message.partition(_NO_REFERENCE)
    if problem.code != "bad-reference" or not mark or reason == TYPOGRAPHIC_REASON:
        return None
    return typed.removeprefix('"')


# --- reading YAML -------------------------------------------------------------------------

_code("no-content", ERROR, "no content folder here: {folder}",
      "The content folder or its `dossier.yml` is missing.",
      "A dossier is a folder that holds dossier.yml: name it in BRIEFING_CONTENT, or begin one with `briefing new "
      "dossier`")
_code("unreadable", ERROR, "this cannot be read: {reason}",
      "A file, folder or link that the program may not or cannot open.",
      "Mend its permissions or the link, or delete it")
_code("not-a-file", ERROR, "this is {reason}, but its name is that of a file",
      "Something named like a file that is none, such as a folder named x.yml.", "Rename or delete it")
_code("bad-encoding", ERROR, "this file is not valid UTF-8 (byte {byte})",
      "The file is not saved as UTF-8.", "Save the file as UTF-8 text")
_code("merge-conflict", ERROR, "two versions of the same lines stand here ({sign})",
      "Marks such as `<<<<<<<`, which git leaves where two people changed the same lines.",
      "Of the lines between <<<<<<< and >>>>>>>, keep what is right, and delete the lines <<<<<<<, ======= and >>>>>>>")
_code("bad-character", ERROR, "a character that cannot be shown ({name}) stands here",
      "A control or private-use character stands in the text.", "Delete it", cause="file")
_code("empty-file", ERROR, "this file is empty", "A file without anything in it.",
      "Write the brief, or delete the file")
_code("not-a-mapping", ERROR, "this file holds {found}, but a brief is a list of `field: value` lines",
      "The file's top level is not `field: value` lines.", "Start with a line such as `name: ...`")
_code("several-documents", ERROR, "a second document starts here (`---`)",
      "One file holds one brief.", "One file holds one brief: put the second one into a file of its own")
_code("tab-indentation", ERROR, "a tab stands at the start of this line",
      "YAML is indented with spaces.", "Indent with spaces", cause="file")
_code("yaml-syntax", ERROR, "this is not valid YAML: {problem}",
      "The YAML itself is broken, for example by a missing quote.")
_code("too-deep", ERROR, "lists and records are nested more than {most} deep here",
      "Nesting is limited, so a broken file cannot stop the build.", "Close a bracket, or flatten the lists")
_code("duplicate-key", ERROR, 'field "{field}" stands twice in this record (first in line {first})',
      "The same field is given twice in one record.", "Keep one of the two")
_code("yaml-tag", ERROR, "a YAML tag ({tag}) stands here", "Tags such as `!!str` are not used.",
      "Remove it; put the value in quotes if it must stay text")
_code("yaml-anchor", ERROR, "a YAML anchor (&{anchor}) stands here", "Anchors are not used.",
      'Remove it, or put the value in quotes if it begins with "&"')
_code("yaml-alias", ERROR, "a YAML alias (*{anchor}) stands here", "Aliases are not used.",
      'Write the value out, or put it in quotes if it begins with "*"')
_code("yaml-merge-key", ERROR, "a YAML merge key (<<) stands here", "Merge keys are not used.",
      "Write the fields out")
_code("bad-key", ERROR, "a field's name must be one word, not {found}",
      "The part before the colon must be a plain name.", "Put the whole value in quotes if this line is text")
_code("empty-value", ERROR, 'field "{field}" has no value',
      "A field is given without a value.", "Give it a value, or delete the line")

# --- files and ids ------------------------------------------------------------------------

_code("stray-file", ERROR, "this file does not belong here: {reason}",
      "A file where the content folder has no place for it.")
_code("yaml-suffix", ERROR, "content files end in .yml, not {suffix}",
      "Every content file ends in `.yml`.", "Rename it to {name}")
_code("bad-id", ERROR, '"{id}" cannot be an id: an id is lower-case ASCII letters, digits and hyphens',
      "An id is the page's address: lower-case ASCII letters, digits and single hyphens.",
      'Try "{instead}"')
_code("reserved-id", ERROR, '"{id}" cannot be an id: the site needs that address for itself',
      "The ids `index` and `404` are taken by the site.", "Choose a fuller name")
_code("id-mismatch", ERROR, 'the id given here, "{id}", is not the file\'s name, "{name}"',
      "A brief's id is its file's name; it need not be written at all.", "Delete the line")
_code("duplicate-id", ERROR, '"{id}" is already the id of {other}',
      "Two briefs share one id; ids are unique across the whole dossier.",
      "Give one of them a fuller name, a year or a publisher")
_code("case-clash", ERROR, '"{id}" differs only in upper and lower case from {other}',
      "Two ids differ only in upper and lower case.", "Rename one of them")
_code("address-clash", ERROR, "the address {address} is already taken by {other}",
      "Two pages, or a page and a former id, want one address.", "Rename one of them")

# --- fields -------------------------------------------------------------------------------

_code("unknown-field", ERROR, 'unknown field "{field}" in {record}',
      "A field that this kind of record does not have.", cause="dossier")
_code("missing-field", ERROR, 'field "{field}" is missing in {record}',
      "A field that every such record needs.", "Add a line such as `{example}`")
_code("wrong-type", ERROR, '{what} must be {expected}, but this is {found}',
      "A list where one value belongs, or the other way round.", "Write it like this: `{example}`")
_code("bad-value", ERROR, '"{value}" is not a known value of "{field}"',
      "A word that is not on the field's list.", cause="dossier")
_code("bad-date", ERROR, '"{value}" is not a date: {reason}',
      "A date that is not EDTF, the ISO 8601-2 way of writing dates.",
      "Write a date such as 2031-05-20, 2031-02, 2031, 2031-04~ or 2031-04-02/2031-05-20", cause="file")
_code("unsupported-date", ERROR, '"{value}" is valid EDTF, but not supported here ({reason})',
      "Valid EDTF beyond level 1, or a form this site has no use for.",
      "Write a date such as 2031-05-20, 2031-02, 2031, 2031-04~ or 2031-04-02/2031-05-20")
_code("bad-time", ERROR, '"{value}" is not a time of day', "A time is hours and minutes with its zone.",
      "Write hours, minutes and zone, such as 17:00+01:00 or 16:00Z", cause="file")
_code("bad-number", ERROR, '"{value}" is not a whole number', "A count must be digits.",
      "Write digits only, such as 15")
_code("bad-yes-no", ERROR, '"{value}" is neither true nor false', "A yes-or-no field is `true` or `false`.",
      "Write true or false", cause="file")
_code("bad-url", ERROR, '"{value}" is not a web address', "An address starts with http:// or https://.",
      "Write the whole address, starting with https:// or http://")
_code("bad-contact", ERROR, '"{value}" is neither an e-mail nor a web address', "A contact is one address.",
      "Write an address such as editors@example.org, or one that starts with https://")
_code("bad-language", ERROR, '"{value}" is not a language code', "A language is a BCP 47 code such as `ar`.",
      "Write a code such as en, ar or zh-Hans")
_code("bad-length", ERROR, '"{value}" is not a length of time', "A length such as `6 months`.",
      "Write a number and a unit: 30 days, 2 weeks, 6 months or 1 year")
_code("bad-reference", ERROR, '"{value}' + _NO_REFERENCE + "{reason}",
      "A reference that is not an id.", "Write the id, which is the other file's name without .yml", cause="file")
_code("bad-record", ERROR, "{reason}", "Fields of one record that do not go together.", "{instead}")
_code("page-title", ERROR, "a hand-written page starts with its title", "A page in `pages/` without a title.",
      "Start the page with a line such as `# From the report to the dossier`")
_code("end-before-start", ERROR, '"{value}" ends before it starts', "A period whose end lies before its start.",
      "Write the earlier date first")

# --- prose --------------------------------------------------------------------------------

_code("prose-html", ERROR, "HTML ({raw}) stands in the text", "Prose is Markdown; HTML in it is not carried.",
      "Use Markdown, or write &lt; for the sign <")
_code("prose-heading", ERROR, "a heading ({raw}) stands in a field", "Headings belong to the page, not to a field.",
      "Use a paragraph, or **bold** words")
_code("prose-link", ERROR, "the link to {raw} is not carried",
      "Links in prose lead to http://, https:// or mailto: addresses, written whole.",
      "Write the whole address with https://, or link a brief as [[id]]")
_code("prose-image", ERROR, "the image {raw} is not carried",
      "Images stand beside hand-written pages in `pages/`; images from elsewhere are not loaded.",
      "Put the file below content/pages/ and use it in a hand-written page")
_code("broken-reference", ERROR, "{raw} is not a reference", "Something in `[[...]]` or `[@...]` that is not an id.",
      "Write [[id]], [[id|shown text]], [[id#op12]] or [@source-id, para. 4]", cause="dossier")

_code("typographic-quotes", WARNING, "this whole text stands in typographic quotes ({open})",
      "A text wrapped in quotes such as \u201c...\u201d, which YAML takes for a part of it.",
      'Delete them: the page itself sets quotations in quotes; where YAML needs quotes, they are straight (")')

_code("loaded-word", WARNING, '"{text}" is a loaded word that stands outside a quotation',
      "A word from a term's `loaded` that the site says itself, where nobody is quoted.",
      "Use a neutral word, or put it in quotes as somebody's word; where it has to stand, accept the warning with a reason")

_code("text-after-hash", WARNING, "this text ends before \"#\": what follows is a comment, and no page shows it",
      "A plain text that goes on after a ` #`, where YAML begins a comment.",
      "If it belongs to the text, put the whole value in quotes; if it is a comment, give it a line of its own")

# --- references ---------------------------------------------------------------------------

_code("unknown-id", ERROR, 'no brief has the id "{id}"', "A reference to a brief that does not exist.",
      "Create the brief, or correct the id", cause="dossier")
_code("unknown-source", ERROR, 'no source has the id "{id}"', "A citation of a source that does not exist.",
      "Add it to a file in sources/, or correct the id", cause="dossier")
_code("wrong-kind", ERROR, '"{id}" is {found}, but here stands {expected}',
      "A reference to a brief of a kind that cannot stand here.", cause="dossier")
_code("unknown-anchor", ERROR, '"{id}" has no place "#{anchor}"',
      "A reference to a provision, position or other place that its brief lacks.", cause="dossier")

# --- cross-checks -------------------------------------------------------------------------

_code("member-before-founding", ERROR, "{member} is a member of {body} ({date}) before it began ({founded})",
      "A membership that begins before the body was founded.", "Correct one of the two dates")
_code("history-out-of-order", ERROR, "this step ({date}) stands after a later one ({previous})",
      "Steps of a history stand in the order of their dates.", "Move it up")
_code("edition-not-a-day", ERROR, "an edition is one whole day, not {date}",
      "An edition stands at one whole day.", "Write a day such as 2031-05-20")
_code("edition-too-late", ERROR, "this edition ({date}) lies after the day that the dossier stands at ({as_of})",
      "An edition lies not after the dossier's day.", "Leave it out, or give `as_of` a later day")
_code("edition-twice", ERROR, "there is an edition of {date} already",
      "Each day is one edition.", "Join the two")
_code("side-twice", ERROR, 'there is a side named "{name}" already', "Each side has a name of its own.", "Join the two")
_code("actor-in-two-sides", ERROR, '"{id}" counts to the side "{name}" already', "An actor counts to one side, once.",
      "Leave it out here, or there")
_code("position-without-grounds", ERROR, "this position has neither a source nor a basis",
      "A position is stated (then it has a source), inferred, or none was found.",
      "Add `sources: [...]`, or `basis: inferred` with a note, or `basis: none found`")
_code("inference-without-note", WARNING, "this position is inferred, but nothing says from what",
      "An inferred position says what it is inferred from.", "Add a `note`")
_code("no-source", ERROR, "{record} without a source", "Every statement of fact names a source or says it has none.",
      "Add `sources: [...]`, or `unverified: true`")
_code("vote-total", ERROR, "the votes add up to {sum}, but the total is {total}",
      "A vote whose numbers do not add up to its own total.", "Correct the numbers")
_code("deadline-from-nothing", ERROR, "this deadline counts from nothing",
      "A deadline has a date (`due`), or a length (`within`) and what it counts from.",
      "Add `due`, or `within` and `counted_from`")
_code("deadline-from-undated", ERROR, 'this deadline counts from "{id}", which has no date',
      "A deadline that counts from a brief without a date.", "Give that brief a date, or count from a date")
_code("outside-meeting", ERROR, "{date} lies outside the dates of {meeting} ({dates})",
      "An event or session outside the dates of the meeting it belongs to.", "Correct the date or the meeting")
_code("source-too-early", WARNING, "{source} was published on {published}, before what it is said to report ({date})",
      "A source that is older than the fact it is cited for.", "Correct the date, or cite another source")
_code("source-never-cited", WARNING, "no brief cites this source", "A source that nothing cites.",
      "Cite it, or delete it")
_code("never-linked", WARNING, "no other brief links here", "A brief that readers can reach from the index only.",
      "Link it from a brief it bears on")
_code("same-name", WARNING, '"{name}" is also the name of "{other}"',
      "Two briefs of one kind with the same name, such as a copy that nobody has changed yet.",
      "Give one of them a fuller name, or delete it")
_code("circular-part", ERROR, "{meeting} is a part of itself ({way})", "Meetings that are parts of each other.",
      "Remove one `part_of`")
_code("unknown-warning", ERROR, '"{code}" is not a warning that can be accepted',
      "`accept` names a warning by its code.", cause="dossier")
_code("idle-accept", WARNING, 'nothing here gives the warning "{code}" any more',
      "An accepted warning that no longer occurs.", "Delete it from `accept`")

# --- releases -----------------------------------------------------------------------------

_code("releases-broken", ERROR, "this file of releases cannot be used: {reason}",
      "`releases.json` is not as `briefing release` writes it.",
      "Take it back as it was in the last commit: only `briefing release` writes it")
_code("releases-edited", ERROR, "this file of releases was changed by hand",
      "`releases.json` says something else than `briefing release` wrote into it.",
      "Take it back as it was in the last commit: only `briefing release` writes it")
_code("edition-gone", WARNING, "the edition of {date} was released and is gone: its address /{address} leads nowhere",
      "A day that the last release had among its `editions`, and that is no longer among them.",
      "List it in `editions` again, or accept the warning with the reason")
_code("address-gone", WARNING, "/{address} was released and leads nowhere now",
      "The address of a brief or a hand-written page of the last release that neither a page nor a `formerly` answers.",
      "Name the old id under `formerly` in the brief that took its place, or accept the warning with the reason")

# --- the canonical format ---------------------------------------------------------------------

_FIX = "`briefing check --fix` does it"

_code("format-order", WARNING, "{problem}",
      "Fields stand in one order everywhere, so that readers and changes find them; the tables here show it.",
      "Run `briefing check --fix`", cause="dossier")
_code("format-quotes", WARNING, "{problem}",
      'A value stands without quotes, unless some program would misread it (`"no"`, `"017"`, `"10:17"`).',
      "Run `briefing check --fix`", cause="dossier")
_code("format-spacing", WARNING, "{problem}",
      "Two spaces a level, one after a colon, a dash or a comma, none at the end of a line.",
      "Run `briefing check --fix`", cause="dossier")
_code("format-list", WARNING, "{problem}",
      "A list of plain values stands on one line while it fits in 120 columns, otherwise one `- ` line each; "
      "a record in braces stands on one line.",
      "Run `briefing check --fix`", cause="dossier")

# Each way to depart from the canonical format: what is wrong, and what to write instead.
_FORMAT_WORDS = {
    "after": ('field "{field}" stands out of order', 'Move it to just after "{other}"'),
    "first": ('field "{field}" stands out of order', 'Move it to just before "{other}"'),
    "missing-quotes": ("this text needs quotes: without them some programs read a number, a date or yes or no",
                       "Write {instead}"),
    "needless-quotes": ("this needs no quotes", "Write {instead}"),
    "other-quotes": ("this stands in other quotes than usual", "Write {instead}"),
    "colon": ("a colon stands right after its field and before one space", "Write `field: value`"),
    "dash": ("one space stands between the dash and what follows", "Write `- value`"),
    "brackets": ("inside brackets one space stands after each comma, and none elsewhere", "Write [a, b] or {{a: b}}"),
    "value-below": ("this short value stands below its field", "Put both on one line"),
    "indent": ("this is indented by {found} instead of {wanted}", "Start it {wanted} spaces in from its field"),
    "text": ("this text is indented by {found} instead of {wanted}", "Start it {wanted} spaces in from its field"),
    "root": ("the whole file is indented", "Start its fields at the beginning of the line"),
    "line-end": ("spaces stand at the end of this line", "Delete them"),
    "blank-end": ("blank lines stand at the end of the file", "Delete them"),
    "no-end": ("the last line is not ended", "Press Enter at its end"),
    "bom": ("a byte order mark starts this file", "Save it as UTF-8 without one"),
    "line-feed": ("this file's lines end as Windows ends them (CR LF)", "Save it with Unix line ends (LF)"),
    "list-of-several-lines": ("this list runs over several lines", "Write {instead}"),
    "record-of-several-lines": ("this record in braces runs over several lines", "Write {instead}"),
    "long-list": ("this list is too long for one line", "Write one `- ` line for each of its values"),
    "long-record": ("this record is too long for one line in braces", "Write one `field: value` line for each field"),
    "short-list": ("this short list fits on one line", "Write {instead}"),
}


def format_diagnostic(code: str, words: str, file: str, line: int, column: int, /, **facts: object) -> Diagnostic:
    """A departure from the canonical format; `words` names which one."""
    problem, hint = _FORMAT_WORDS[words]
    return diagnostic(code, file, line, column, hint=f"{hint.format(**facts)} ({_FIX})",
                      problem=problem.format(**facts))
