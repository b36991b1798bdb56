"""Demands: what one or more actors ask of others, and where everybody stands on it."""

from typing import Annotated

from generator.models.base import BRIEF_END, STATEMENT_END, Basis, DatedStatement, SourcedBrief, Statement, field
from generator.models.fields import Line, Party, Prose, YesNo
from generator.models.vocabulary import DemandCategory, DemandStatus, PositionBasis, Stance


class Precondition(Statement):
    label = "a precondition"
    order = f"put what {STATEMENT_END}"
    put: Line = field("How it is put: yes, no, in part, or disputed.", '"yes"')
    what: Prose | None = field("For what it is a precondition, and in whose words.",
                               "The committee wants it done before political negotiations.", default=None)


class Position(DatedStatement):
    """Where one actor stood on the demand at one time. A shift is a new record, not a change."""

    label = "a position"
    order = f"date time actor stance basis speaker what words {STATEMENT_END}"
    actor: Party = field("Whose position it is.", "calder")
    stance: Stance = field("Where it stands.", "opposes")
    what: Prose | None = field("The position in the editor's words.", "Sees no reason to let it run.",
                               default=None)
    words: Line | None = field("A short, exact quotation.", "Not one boat",
                               default=None)
    speaker: Party | None = field("Who said it for the actor.", "odd-name", default=None)
    basis: PositionBasis | None = field(
        "Whether it was stated, is the editor's inference, or no statement was found. With sources and no basis, "
        "it was stated.", "inferred", default=None)

    @property
    def grounds(self) -> PositionBasis | None:
        """The basis as given, or `stated` where sources carry it."""
        return self.basis or (PositionBasis.STATED if self.sources else None)


class DemandStep(DatedStatement):
    """A step in the demand's history. `status` is what the demand's status is from then on."""

    label = "a step in the history"
    order = f"date time what status {STATEMENT_END}"
    what: Prose = field("What happened.", "The committee repeats it at its first meeting with the envoy.")
    status: DemandStatus | None = field("The status from then on; leave it out where nothing changes.", "not met",
                                        default=None)


class Demand(SourcedBrief):
    """Something that one or more actors ask of others."""

    kind = "demand"
    label = "a demand"
    order = ("id name aliases formerly main summary category ask made_by addressed_to precondition basis positions "
             f"history {BRIEF_END}")
    main: Annotated[bool, YesNo] = field("Say `true` for the demands that the matrix starts from.", "true",
                                         default=False)
    category: DemandCategory = field("What is the demand about?", "humanitarian")
    ask: Prose = field("What is asked, in one neutral sentence?", "All sides stop attacks on civilian areas.")
    made_by: tuple[Party, ...] = field("Who asks?", "[aster-council]")
    addressed_to: tuple[Party, ...] = field("Of whom it is asked.", "[calder]", default=())
    precondition: Precondition | None = field("Whether it is put as a precondition, and for what.",
                                              '{put: "yes", what: For political negotiations., sources: [ledger-tern]}',
                                              default=None)
    basis: tuple[Basis, ...] = field("What it rests on in the texts.", "[{text: straits-accord#article-4}]", default=())
    positions: tuple[Position, ...] = field("Everybody's positions, as often as they were restated or moved.",
                                            "[{date: 2031-05-20, actor: calder, stance: opposes, "
                                            "sources: [ledger-tern]}]", default=())
    history: tuple[DemandStep, ...] = field("How it fared, step by step, in order.",
                                            "[{date: 2031-04-30, what: Repeated at Tern., status: not met}]",
                                            default=())
