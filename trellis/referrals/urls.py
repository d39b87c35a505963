from django.urls import path

from trellis.referrals import views
from trellis.referrals.guests import views as guests

urlpatterns = [
    path("referrals/", views.queue, name="referrals"),
    path("referrals/new/", views.new, name="new-referral"),
    path("referrals/<uuid:referral_id>/", views.referral, name="referral"),
    path("referrals/<uuid:referral_id>/owner/", views.owner, name="referral-owner"),
    path("referrals/<uuid:referral_id>/told/", views.told, name="referral-told"),
    path("referrals/<uuid:referral_id>/receipt/", views.receipt, name="referral-receipt"),
    path("refer/", guests.start, name="guest-start"),
    path("refer/code/", guests.code, name="guest-code"),
    path("refer/form/", guests.refer, name="guest-form"),
    path("refer/sent/", guests.sent, name="guest-sent"),
]
