from django.apps import AppConfig

from trellis.cases import chronology
from trellis.core.protection import Part


class ReferralsConfig(AppConfig):
    name = "trellis.referrals"

    def ready(self) -> None:
        chronology.register("referral.received", "Referral received", Part.REFERRALS)
        chronology.register("referral.decided", "Referral decided", Part.REFERRALS)
