"""A small answer in a language model's words, with everything that can be said of one."""

from dataclasses import replace

from answer_samples import DIGEST, PAPER, passage, quote, request

from assistant.types import (
    Answer,
    Coverage,
    Covered,
    Difference,
    Drafting,
    Evidence,
    Outcome,
    Saying,
    Statement,
    Support,
    Usage,
)

MODEL = "model-x"
WITHHELD = "Demand always falls."
REASON = "says always, the source does not"
FULL = "In one year 40 % of buyers asked."
PARTLY = "Many sides of demand must be looked at."
DOUBT = "says must, the source says may"


def written() -> Answer:
    """One sentence supported by two sources and dated, one partly supported, one withheld; one difference."""
    paper = passage(PAPER, "40 % of buyers asked. Its many sides may be looked at.", 40, 14, "12")
    digest = passage(DIGEST, "About 30 % of buyers asked.\nWho gains?")
    full = (quote(1, paper, "40 % of buyers asked."), quote(2, digest, "About 30 % of buyers asked."))
    partly = (quote(1, paper, "Its many sides may be looked at."),)
    return Answer(
        request(),
        Evidence((paper, digest)),
        (
            Statement(FULL, full, Support.FULL, dated="as of 2014-09"),
            Statement(PARTLY, partly, Support.PARTIAL, (DOUBT,)),
        ),
        (Coverage("What drives demand?", Covered.PARTLY),),
        written_by=MODEL,
        withheld=(Statement(WITHHELD, (), Support.NONE, (REASON,)),),
        usage=Usage(340, 85, True),
        drafting=Drafting(MODEL, Outcome.SHOWN, prompt="0123456789abcdef", claims=3, supported=2),
        differences=(
            Difference(
                "buyers asked",
                (Saying("40 % of buyers asked.", 1, "2014-09"), Saying("About 30 % of buyers asked.", 2, "no date")),
            ),
        ),
    )


def fallen_back(outcome: Outcome, **more: object) -> Answer:
    """The verbatim answer that stands in for a draft, with the line on why."""
    answer = written()
    statement = replace(answer.statements[0], text="40 % of buyers asked.", support=Support.VERBATIM, dated="")
    return replace(
        answer,
        statements=(statement,),
        coverage=(),
        written_by="verbatim",
        notice="The language model wrote nothing.",
        withheld=(),
        differences=(),
        drafting=Drafting(MODEL, outcome, **more),
    )
