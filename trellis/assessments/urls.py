from django.urls import include, path

from trellis.assessments import views

ONE = "children/<uuid:person_id>/assessments/<uuid:assessment_id>/"

urlpatterns = [
    path("", include("trellis.assessments.editor.urls")),
    path("assessments/", views.board, name="assessments"),
    path("assessments/contributions/<uuid:request_id>/", views.contribution, name="contribution"),
    path("children/<uuid:person_id>/assessments/", views.child_assessments, name="child-assessments"),
    path("children/<uuid:person_id>/assessments/begin/", views.begin, name="begin-assessment"),
    path("children/<uuid:person_id>/assessments/compare/", views.compare, name="compare-assessments"),
    path(ONE, views.assessment, name="assessment"),
    path(f"{ONE}domains/<slug:domain>/", views.domain, name="assessment-domain"),
    path(f"{ONE}views/", views.said, name="assessment-views"),
    path(f"{ONE}judgement/", views.judgement, name="assessment-judgement"),
    path(f"{ONE}submit/", views.submit, name="submit-assessment"),
    path(f"{ONE}sign-off/", views.sign_off, name="sign-off-assessment"),
    path(f"{ONE}hand-over/", views.hand_over, name="hand-over-assessment"),
    path(f"{ONE}stop/", views.stop, name="stop-assessment"),
    path(f"{ONE}contributions/ask/", views.ask, name="ask-for-contribution"),
    path(f"{ONE}contributions/<uuid:request_id>/chase/", views.chase, name="chase-contribution"),
    path(f"{ONE}contributions/<uuid:request_id>/withdraw/", views.withdraw, name="withdraw-contribution"),
]
