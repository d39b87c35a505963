from django.urls import path

from trellis.case_studies.views import record, released

CHILD = "children/<uuid:person_id>/case-studies"
ONE = f"{CHILD}/<uuid:study_id>"
urlpatterns = [
    path("case-studies/", released.released_studies, name="released-studies"),
    path("case-studies/<uuid:study_id>/", released.released_study, name="released-study"),
    path("case-studies/<uuid:study_id>/pdf/", released.released_study_pdf, name="released-study-pdf"),
    path(f"{CHILD}/", record.child_case_studies, name="child-case-studies"),
    path(f"{CHILD}/draft/", record.draft, name="draft-case-study"),
    path(f"{ONE}/", record.case_study, name="case-study"),
    path(f"{ONE}/edit/", record.edit, name="edit-case-study"),
    path(f"{ONE}/reasons/", record.harmless, name="explain-case-study"),
    path(f"{ONE}/consent/", record.consent, name="case-study-consent"),
    path(f"{ONE}/propose/", record.propose, name="propose-case-study"),
    path(f"{ONE}/decide/", record.decide, name="decide-case-study"),
    path(f"{ONE}/withdraw/", record.withdraw, name="withdraw-case-study"),
]
