from django.urls import path

from trellis.transition.views import basis, handing_over, lists, plan

HERE = "children/<uuid:person_id>/transition/"
urlpatterns = [
    path("transition/", lists.on_the_way, name="transition"),
    path("transition/schools/", lists.schools, name="school-moves"),
    path(HERE, plan.transition, name="child-transition"),
    path(f"{HERE}words/", plan.own_words, name="transition-words"),
    path(f"{HERE}readiness/", plan.readiness, name="transition-readiness"),
    path(f"{HERE}outcomes/<int:age>/", plan.outcomes, name="adult-outcomes"),
    path(f"{HERE}capacity/new/", plan.capacity, name="record-capacity"),
    path(f"{HERE}thresholds/new/", plan.ask, name="ask-threshold"),
    path(f"{HERE}thresholds/<uuid:threshold_id>/", plan.answer, name="answer-threshold"),
    path(f"{HERE}basis/new/", basis.record, name="record-basis"),
    path(f"{HERE}basis/<uuid:basis_id>/end/", basis.end, name="end-basis"),
    path(f"{HERE}adult-worker/new/", handing_over.name_worker, name="name-adult-worker"),
    path(f"{HERE}adult-worker/<uuid:worker_id>/meetings/new/", handing_over.joint_meeting, name="record-joint-meeting"),
    path(f"{HERE}hand-over/new/", handing_over.hand_over, name="hand-over"),
    path(f"{HERE}hand-over/<uuid:hand_over_id>/", handing_over.receive, name="receive-hand-over"),
    path(f"{HERE}school/", handing_over.school_move, name="school-move"),
]
