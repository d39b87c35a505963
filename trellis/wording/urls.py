from django.urls import path

from trellis.wording import views

urlpatterns = [
    path("wording/", views.wording, name="wording"),
    path("wording/advice/", views.advice, name="wording-advice"),
    path("wording/new/", views.new_nudge, name="new-nudge"),
    path("wording/<slug:code>/", views.edit_nudge, name="edit-nudge"),
]
