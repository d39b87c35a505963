from django.apps import AppConfig

from trellis.cases import chronology


class ReferralsConfig(AppConfig):
    name = "trellis.referrals"

    def ready(self) -> None:
        chronology.register("referral.received", "Referral received")
        chronology.register("referral.decided", "Referral decided")
