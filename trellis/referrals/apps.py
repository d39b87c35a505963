from django.apps import AppConfig

from trellis.cases import chronology
from trellis.core.protection import Part


class ReferralsConfig(AppConfig):
    name = "trellis.referrals"

    def ready(self) -> None:
        from trellis.cases import childs_words, closing, returning
        from trellis.referrals.closing import referrer_not_told
        from trellis.referrals.heard import known_of_referrals
        from trellis.referrals.queries import referred_of

        chronology.register("referral.received", "Referral received", Part.REFERRALS)
        chronology.register("referral.decided", "Referral decided", Part.REFERRALS)
        childs_words.register(known_of_referrals)
        returning.register_referrals(referred_of)
        closing.register_check(referrer_not_told)
