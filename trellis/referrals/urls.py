from django.urls import path

from trellis.referrals import views

urlpatterns = [
    path("referrals/", views.queue, name="referrals"),
    path("referrals/new/", views.new, name="new-referral"),
    path("referrals/<uuid:referral_id>/", views.referral, name="referral"),
    path("referrals/<uuid:referral_id>/receipt/", views.receipt, name="referral-receipt"),
]
