from django.urls import path

from trellis.missing.views import desk, episodes, interviews, reports

urlpatterns = [
    path("missing/", desk.desk, name="missing-desk"),
    path("missing/new/", reports.report, name="report-missing"),
    path("missing/<uuid:episode_id>/", episodes.episode, name="missing-episode"),
    path("missing/<uuid:episode_id>/return/", episodes.record_return, name="record-return"),
    path("missing/<uuid:episode_id>/offer/", interviews.offer, name="offer-interview"),
    path("missing/<uuid:episode_id>/answer/", interviews.answer, name="record-answer"),
    path("missing/<uuid:episode_id>/interview/", interviews.hold, name="hold-interview"),
    path("children/<uuid:person_id>/missing/", episodes.child_missing, name="child-missing"),
    path("children/<uuid:person_id>/missing/report/", reports.report_child, name="report-missing-child"),
]
