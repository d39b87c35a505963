from django.urls import path

from trellis.missing import views

urlpatterns = [
    path("missing/", views.desk, name="missing-desk"),
    path("missing/new/", views.report, name="report-missing"),
    path("missing/<uuid:episode_id>/", views.episode, name="missing-episode"),
    path("missing/<uuid:episode_id>/return/", views.record_return, name="record-return"),
    path("missing/<uuid:episode_id>/offer/", views.offer, name="offer-interview"),
    path("missing/<uuid:episode_id>/answer/", views.answer, name="record-answer"),
    path("missing/<uuid:episode_id>/interview/", views.hold, name="hold-interview"),
    path("children/<uuid:person_id>/missing/", views.child_missing, name="child-missing"),
    path("children/<uuid:person_id>/missing/report/", views.report_child, name="report-missing-child"),
]
