from django.urls import path

from trellis.missing.patterns import views as patterns
from trellis.missing.views import changing, desk, episodes, following, interviews, profile, quality, reports

AUDIT = "missing/audit/"
urlpatterns = [
    path(AUDIT, quality.audit_rounds, name="audit-rounds"),
    path(f"{AUDIT}new/", quality.draw, name="draw-audit-round"),
    path(f"{AUDIT}<uuid:round_id>/", quality.audit_round, name="audit-round"),
    path(f"{AUDIT}<uuid:round_id>/interviews/<uuid:audit_id>/", quality.audit_interview, name="audit-interview"),
    path(f"{AUDIT}<uuid:round_id>/actions/new/", quality.add_action, name="add-audit-action"),
    path(f"{AUDIT}<uuid:round_id>/actions/<uuid:action_id>/", quality.finish_action, name="finish-audit-action"),
    path("missing/", desk.desk, name="missing-desk"),
    path("missing/now/", desk.desk_now, name="missing-desk-now"),
    path("missing/new/", reports.report, name="report-missing"),
    path("missing/patterns/", patterns.desk_patterns, name="missing-patterns"),
    path("missing/<uuid:episode_id>/", episodes.episode, name="missing-episode"),
    path("missing/<uuid:episode_id>/return/", episodes.record_return, name="record-return"),
    path("missing/<uuid:episode_id>/return/undo/", changing.undo_return, name="undo-return"),
    path("missing/<uuid:episode_id>/take/", changing.take_up, name="take-missing"),
    path("missing/<uuid:episode_id>/hand-over/", changing.give, name="hand-over-missing"),
    path("missing/<uuid:episode_id>/grade/", changing.grade, name="grade-missing"),
    path("missing/<uuid:episode_id>/correct/", changing.correct, name="correct-missing"),
    path("missing/<uuid:episode_id>/merge/", changing.merge, name="merge-missing"),
    path("missing/<uuid:episode_id>/unmerge/", changing.unmerge, name="unmerge-missing"),
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
    path("children/<uuid:person_id>/missing/patterns/", patterns.child_patterns, name="child-missing-patterns"),
    path("children/<uuid:person_id>/missing/profile/", profile.profile, name="missing-profile"),
    path("children/<uuid:person_id>/missing/profile/write/", profile.write_profile, name="write-missing-profile"),
    path("children/<uuid:person_id>/missing/profile/print/", profile.print_profile, name="print-missing-profile"),
    path("children/<uuid:person_id>/missing/report/", reports.report_child, name="report-missing-child"),
]
