"""The life of a referral to the National Referral Mechanism, and the two bodies that decide."""

from trellis.core.lifecycle import Lifecycle

REFERRED = "referred"
REASONABLE = "reasonable"
CONCLUSIVE = "conclusive"
RECONSIDERATION = "reconsideration"
SUSPENDED = "suspended"
WITHDRAWN = "withdrawn"
NOTIFIED = "notified"

NRM_REFERRAL = Lifecycle(
    name="NRM referral",
    statuses={
        REFERRED: "Referred",
        REASONABLE: "Reasonable grounds decided",
        CONCLUSIVE: "Conclusive grounds decided",
        RECONSIDERATION: "Reconsideration asked for",
        SUSPENDED: "Suspended",
        WITHDRAWN: "Withdrawn",
        NOTIFIED: "Notified without a referral",
    },
    first=REFERRED,
    moves={
        REFERRED: (REASONABLE, SUSPENDED, WITHDRAWN, NOTIFIED),
        REASONABLE: (CONCLUSIVE, RECONSIDERATION, SUSPENDED, WITHDRAWN),
        CONCLUSIVE: (RECONSIDERATION,),
        RECONSIDERATION: (REASONABLE, CONCLUSIVE, WITHDRAWN),
        SUSPENDED: (REFERRED, REASONABLE, WITHDRAWN),
        WITHDRAWN: (),
        NOTIFIED: (),
    },
)

# Which stage of the decision a status tells of, in order.
STAGES = {REASONABLE: "Reasonable grounds", CONCLUSIVE: "Conclusive grounds"}
OVER = (WITHDRAWN, NOTIFIED)

CENTRAL = "central"
DEVOLVED = "devolved"
BODIES = {CENTRAL: "Central competent authority", DEVOLVED: "Local panel (devolved decisions)"}

# What a referral waits for next.
DUE = "reasonable_due"
FROM = "conclusive_from"
RECONSIDER_BY = "reconsider_by"
CLOCKS = {
    DUE: "Reasonable grounds are due by",
    FROM: "Conclusive grounds may be decided from",
    RECONSIDER_BY: "Last day to ask for reconsideration",
}

POSITIVE = "positive"
# The group of outcomes, in the list of them, that lead to the question of reconsideration.
NEGATIVE = "negative"
