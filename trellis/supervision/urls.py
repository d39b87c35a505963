from django.urls import path

from trellis.supervision.views import allocation, caseload, record

CHILD = "children/<uuid:person_id>"
urlpatterns = [
    path("caseload/", caseload.caseload, name="caseload"),
    path("caseload/<uuid:user_id>/", caseload.worker_caseload, name="worker-caseload"),
    path("caseload/<uuid:user_id>/supervision/", caseload.supervise_worker, name="supervise-worker"),
    path(f"{CHILD}/allocation/", allocation.allocation, name="allocation"),
    path(f"{CHILD}/allocation/<uuid:allocation_id>/end/", allocation.end, name="end-allocation"),
    path(f"{CHILD}/supervision/", record.child_supervision, name="child-supervision"),
    path(f"{CHILD}/supervision/add/", record.add_supervision, name="add-supervision"),
    path(f"{CHILD}/supervision/oversight/", record.add_oversight, name="add-oversight"),
    path(f"{CHILD}/supervision/formulation/", record.add_formulation, name="add-formulation"),
    path(f"{CHILD}/supervision/formulation/<uuid:formulation_id>/", record.formulation, name="formulation"),
    path(f"{CHILD}/supervision/formulation/<uuid:formulation_id>/plan/", record.to_plan, name="formulation-to-plan"),
    path(f"{CHILD}/supervision/actions/<uuid:action_id>/", record.action, name="supervision-action"),
]
