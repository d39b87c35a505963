"""What panels ask: a day, a referral, an update, a minute."""

from trellis.meetings.forms.meetings import AskForm, CancelForm, CloseForm, MeetingForm, OrderForm, TakeOffForm
from trellis.meetings.forms.minutes import ActionForm, MinuteForm
from trellis.meetings.forms.referrals import ReferForm, UpdateForm, WithdrawForm

__all__ = [
    "ActionForm",
    "AskForm",
    "CancelForm",
    "CloseForm",
    "MeetingForm",
    "MinuteForm",
    "OrderForm",
    "ReferForm",
    "TakeOffForm",
    "UpdateForm",
    "WithdrawForm",
]
