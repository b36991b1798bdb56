"""The core's door in: from a content folder to a dossier and all that is wrong with it."""

from __future__ import annotations

from pathlib import Path

from generator.checks.links import with_likely_id
from generator.checks.run import CheckRecord, check_record, run_checks
from generator.dates import Edtf
from generator.diagnostics import Diagnostic
from generator.dossier import Dossier
from generator.models import Settings
from generator.models.fields import Line
from generator.read.content import Content, read_content

STAND_IN = Settings.model_construct(title=Line("?"), description=Line("?"), as_of=Edtf.parse("9999"))
"""What stands for dossier.yml where that cannot be read."""


def load_dossier(folder: Path) -> tuple[Dossier | None, list[Diagnostic]]:
    """Read a content folder into a dossier.

    Returns the dossier and every problem, sorted; the dossier is None where the folder or its
    dossier.yml cannot be read. A dossier with errors can be looked at, but not published.
    How the files are formatted is nobody's problem here: `briefing check` adds that.
    """
    return link_and_check(*read_content(folder))


def link_and_check(
    content: Content, problems: list[Diagnostic], check: CheckRecord = check_record
) -> tuple[Dossier | None, list[Diagnostic]]:
    """The dossier that was read, linked, with every problem, sorted. `problems` are those of the reading.

    `check` may hand out what was found before in a record, where nothing that was looked at has changed.
    """
    # Without its own record the briefs are checked all the same: every problem comes in one run.
    dossier = Dossier(content, content.settings or STAND_IN)
    problems = [with_likely_id(dossier, problem) for problem in problems]
    found, dossier.accepted = run_checks(dossier, check)
    return (dossier if content.settings else None), sorted({*problems, *found})
