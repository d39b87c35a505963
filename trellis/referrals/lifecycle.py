"""The life of a referral at the front door: received, then one of four decisions."""

from trellis.core.lifecycle import Lifecycle

RECEIVED = "received"
ACCEPTED_ASSESSMENT = "accepted_assessment"
ACCEPTED_ADVICE = "accepted_advice"
REDIRECTED = "redirected"
NO_FURTHER_ACTION = "no_further_action"
DECISIONS = (ACCEPTED_ASSESSMENT, ACCEPTED_ADVICE, REDIRECTED, NO_FURTHER_ACTION)

REFERRAL = Lifecycle(
    name="Referral",
    statuses={
        RECEIVED: "Waiting for a decision",
        ACCEPTED_ASSESSMENT: "Accepted for assessment",
        ACCEPTED_ADVICE: "Accepted for advice",
        REDIRECTED: "Redirected",
        NO_FURTHER_ACTION: "No further action",
    },
    first=RECEIVED,
    moves={RECEIVED: DECISIONS, **dict.fromkeys(DECISIONS, ())},
)
