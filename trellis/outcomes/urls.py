from django.urls import path

from trellis.outcomes.views import closing, lists, outcomes

CHILD = "children/<uuid:person_id>/outcomes"
urlpatterns = [
    path("outcomes/", lists.follow_ups, name="follow-ups"),
    path("outcomes/returned/", lists.returned, name="closures-returned"),
    path(f"{CHILD}/", outcomes.child_outcomes, name="child-outcomes"),
    path(f"{CHILD}/at/<slug:point>/", outcomes.outcomes_at, name="outcomes-at"),
    path(f"{CHILD}/challenge/", closing.challenge, name="closure-challenge"),
    path(f"{CHILD}/told/<slug:whom>/", closing.told, name="closing-told"),
    path(f"{CHILD}/follow-ups/<uuid:follow_up_id>/", lists.not_reached, name="follow-up-not-reached"),
    path(f"{CHILD}/closed/<uuid:case_id>/look/", closing.look_again, name="look-at-closure"),
]
