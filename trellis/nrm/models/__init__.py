"""Referrals to the National Referral Mechanism, and what goes with them."""

from trellis.nrm.models.referrals import (
    NrmDecision,
    NrmReconsideration,
    NrmReferral,
    NrmReferralMove,
    NrmStatement,
    YesNoNotKnown,
)
from trellis.nrm.models.routes import NrmRoute
from trellis.nrm.models.support import Guardian, Section45

__all__ = [
    "Guardian",
    "NrmDecision",
    "NrmReconsideration",
    "NrmReferral",
    "NrmReferralMove",
    "NrmRoute",
    "NrmStatement",
    "Section45",
    "YesNoNotKnown",
]
