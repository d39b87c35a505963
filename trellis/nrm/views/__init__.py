"""The pages of referrals to the National Referral Mechanism."""
