"""How a letter stands, from the moment its words are fixed until somebody outside says that they have it."""

from trellis.core.lifecycle import Lifecycle

READY = "ready"
SENT = "sent"
COLLECTED = "collected"
ACKNOWLEDGED = "acknowledged"
RETURNED = "returned"
OTHER_WAY = "other_way"
NOT_SENT = "not_sent"

LETTER = Lifecycle(
    name="Letter",
    statuses={
        READY: "Waiting to be sent",
        SENT: "Sent, not collected yet",
        COLLECTED: "Collected",
        ACKNOWLEDGED: "Acknowledged",
        RETURNED: "Returned",
        OTHER_WAY: "Sent another way",
        NOT_SENT: "Not sent",
    },
    first=READY,
    moves={
        READY: (SENT, RETURNED, OTHER_WAY, NOT_SENT),
        SENT: (READY, COLLECTED, ACKNOWLEDGED, RETURNED, OTHER_WAY),
        COLLECTED: (ACKNOWLEDGED,),
        RETURNED: (READY, OTHER_WAY, NOT_SENT),
        OTHER_WAY: (ACKNOWLEDGED,),
        ACKNOWLEDGED: (),
        NOT_SENT: (),
    },
)

# Nothing is left to do for these. What was collected is with the reader; that they say so is welcome.
OVER = (ACKNOWLEDGED, NOT_SENT)
# It reached, or is meant to have reached, whom it was written to.
GONE_OUT = (SENT, COLLECTED, ACKNOWLEDGED, OTHER_WAY)
