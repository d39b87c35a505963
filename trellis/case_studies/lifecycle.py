"""The life of a case study: it is checked with every saving, released by a second person, withdrawn when asked."""

from trellis.core.lifecycle import Lifecycle

DRAFT = "draft"
CHECKED = "checked"
PROPOSED = "proposed"
RELEASED = "released"
WITHDRAWN = "withdrawn"
WRITABLE = (DRAFT, CHECKED)

CASE_STUDY = Lifecycle(
    name="Case study",
    statuses={
        DRAFT: "Draft: something is still found",
        CHECKED: "Checked: nothing is found",
        PROPOSED: "Waiting for a second person",
        RELEASED: "Released",
        WITHDRAWN: "Withdrawn",
    },
    first=DRAFT,
    moves={
        DRAFT: (CHECKED, WITHDRAWN),
        CHECKED: (DRAFT, PROPOSED, WITHDRAWN),
        PROPOSED: (DRAFT, RELEASED, WITHDRAWN),
        RELEASED: (WITHDRAWN,),
        WITHDRAWN: (),
    },
)
