from django.urls import path

from trellis.missing.views import desk, episodes, following, interviews, reports

urlpatterns = [
    path("missing/", desk.desk, name="missing-desk"),
    path("missing/new/", reports.report, name="report-missing"),
    path("missing/<uuid:episode_id>/", episodes.episode, name="missing-episode"),
    path("missing/<uuid:episode_id>/return/", episodes.record_return, name="record-return"),
    path("missing/<uuid:episode_id>/offer/", interviews.offer, name="offer-interview"),
    path("missing/<uuid:episode_id>/attempt/", interviews.attempt, name="record-attempt"),
    path("missing/<uuid:episode_id>/not-offered/", interviews.not_offered, name="not-offer-interview"),
    path("missing/<uuid:episode_id>/answer/", interviews.answer, name="record-answer"),
    path("missing/<uuid:episode_id>/interview/", interviews.hold, name="hold-interview"),
    path("missing/<uuid:episode_id>/interview/told/", following.told, name="tell-of-interview"),
    path("missing/<uuid:episode_id>/interview/more/", following.more, name="add-to-interview"),
    path("missing/<uuid:episode_id>/prevention/", interviews.prevention, name="record-prevention-interview"),
    path("missing/mentions/<uuid:mention_id>/set-aside/", following.set_aside, name="set-mention-aside"),
    path("missing/safety-actions/<uuid:action_id>/done/", following.done, name="finish-safety-action"),
    path("children/<uuid:person_id>/missing/", episodes.child_missing, name="child-missing"),
    path("children/<uuid:person_id>/missing/report/", reports.report_child, name="report-missing-child"),
]
