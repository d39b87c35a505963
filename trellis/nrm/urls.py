from django.urls import path

from trellis.nrm.views import pages, steps, support

CHILD = "children/<uuid:person_id>/nrm/"
ONE = f"{CHILD}<uuid:referral_id>/"
urlpatterns = [
    path("nrm/", pages.team_list, name="nrm"),
    path(CHILD, pages.child_nrm, name="child-nrm"),
    path(f"{CHILD}new/", steps.refer, name="refer-to-nrm"),
    path(f"{ONE}decision/", steps.decision, name="nrm-decision"),
    path(f"{ONE}reconsideration/", steps.reconsideration, name="nrm-reconsideration"),
    path(f"{ONE}step/", steps.step, name="nrm-step"),
    path(f"{ONE}evidence/", steps.evidence, name="nrm-evidence"),
    path(f"{ONE}copy/", pages.copy, name="nrm-copy"),
    path(f"{CHILD}guardian/", support.add_guardian, name="add-guardian"),
    path(f"{CHILD}guardian/<uuid:guardian_id>/", support.change_guardian, name="change-guardian"),
    path(f"{CHILD}section-45/", support.add_section_45, name="add-section-45"),
    path(f"{CHILD}section-45/<uuid:defence_id>/", support.change_section_45, name="change-section-45"),
]
