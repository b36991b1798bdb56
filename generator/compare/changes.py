"""What a comparison finds: plain values, all immutable."""

from __future__ import annotations

from functools import cached_property

from generator.diagnostics import Diagnostic
from generator.dossier import Dossier
from generator.models import Brief
from generator.models.base import Record
from generator.values import Value

PathIn = tuple[str | int, ...]

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


class Snapshot(Value, dict=True):
    """A dossier as it stood on one side, as far as it could be read."""

    dossier: Dossier
    settled: bool
    """Whether its dossier.yml could be read."""
    problems: tuple[Diagnostic, ...]
    files: dict[str, bytes]
    """Every file by its path below the content folder."""

    @cached_property
    def base(self) -> str:
        """How the names of files begin: `content/`."""
        return f"{self.dossier.folder.resolve().name or 'content'}/"


class Place(Value):
    """A file, as problems name it, and a line in it; `old` where it is the file as it was before."""

    file: str
    line: int
    old: bool = False


class FieldChange(Value):
    """A field whose value differs. None stands for a field that is not there."""

    name: str
    """As an editor types it."""
    before: object
    after: object
    place: Place


class RecordChange(Value):
    """A record that came, went or has other fields than before; the brief's own fields count as one, at path ()."""

    how: str
    field: str
    """The field of the brief, or of the record around it, that holds the record; empty for the brief's own."""
    before: Record | None
    after: Record | None
    fields: tuple[FieldChange, ...]
    around: tuple[Record, ...]
    """The records it stands in, outermost first, without the brief."""
    path: PathIn
    """Where it stands: in the new brief, or in the old one where it went."""
    place: Place

    @property
    def record(self) -> Record:
        """The record as it is, or as it was where it went."""
        record = self.after or self.before
        assert record is not None
        return record

    @property
    def type(self) -> str:
        """The record's model by its name, such as `Position`."""
        return type(self.record).__name__

    def of(self, name: str) -> FieldChange | None:
        """The change of one field."""
        return next((change for change in self.fields if change.name == name), None)


class BriefChange(Value):
    """A brief, or the dossier's own record, that came, went or changed. Its id or its kind may have changed too."""

    how: str
    id: str
    """The id it has now, or had where it went; `dossier.yml` for the dossier's own record."""
    kind: str
    before: Record | None
    after: Record | None
    records: tuple[RecordChange, ...]
    place: Place
    old_id: str = ""
    """The id it had, where it has another now."""
    promised: bool = True
    """Whether a new id keeps the old one under `formerly`."""
    old_kind: str = ""
    """The kind it was, where it is another now."""

    @property
    def brief(self) -> Brief:
        brief = self.after or self.before
        assert isinstance(brief, Brief)
        return brief

    @property
    def name(self) -> str:
        """The brief's name; empty for the dossier's own record."""
        record = self.after or self.before
        return str(record.name) if isinstance(record, Brief) else ""


class PageChange(Value):
    """A hand-written page that came, went or reads otherwise."""

    how: str
    name: str
    title: str
    old_title: str
    """The title it had, where it has another now."""
    before: str
    after: str
    place: Place


class FileChange(Value):
    """A file that is no brief and no page: an image, or one that does not belong."""

    how: str
    file: str


class Unreadable(Value):
    """A file that could not be read on one side, so that nothing in it is compared."""

    place: Place
    problem: Diagnostic


class Changes(Value):
    """All that differs between two dossiers."""

    before: Snapshot
    after: Snapshot
    briefs: tuple[BriefChange, ...]
    """In the order of kinds and ids; the dossier's own record first."""
    pages: tuple[PageChange, ...]
    images: tuple[FileChange, ...]
    others: tuple[FileChange, ...]
    """Files that the content folder has no place for."""
    unreadable: tuple[Unreadable, ...]
    formatting: tuple[str, ...]
    """Files that differ, though they say the same: order, layout, quotes, comments."""
    following: tuple[str, ...]
    """Files that differ only in that they name a brief by its new id."""
    renamed: dict[str, str]
    """New ids by old ones."""

    @property
    def nothing(self) -> bool:
        """Whether the two sides hold the same, file by file."""
        return not (self.briefs or self.pages or self.images or self.others or self.unreadable or self.formatting
                    or self.following)

    @property
    def only_formatting(self) -> bool:
        """Whether files differ, and nothing that they say."""
        return bool(self.formatting) and not (self.briefs or self.pages or self.images or self.others
                                              or self.unreadable or self.following)
