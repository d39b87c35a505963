from django.urls import path

from trellis.sharing.emergency import views as emergency
from trellis.sharing.sealing import views as sealing
from trellis.sharing.views import ledger, pointers

urlpatterns = [
    path("children/<uuid:person_id>/sharing/", ledger.ledger, name="child-sharing"),
    path("children/<uuid:person_id>/sharing/new/", ledger.decide, name="decide-sharing"),
    path("children/<uuid:person_id>/sharing/<uuid:decision_id>/recall/", ledger.recall, name="recall-share"),
    path("children/<uuid:person_id>/pointers/new/", pointers.place, name="place-pointer"),
    path("pointers/", pointers.pointers, name="pointers"),
    path("pointers/<uuid:pointer_id>/ask/", pointers.ask, name="ask-through-pointer"),
    path("pointers/<uuid:pointer_id>/end/", pointers.end, name="end-pointer"),
    path("pointers/requests/<uuid:request_id>/", pointers.question, name="pointer-request"),
    path("emergency/", emergency.emergency, name="emergency"),
    path("emergency/<uuid:opening_id>/hand-back/", emergency.hand_back, name="hand-back-emergency"),
    path("emergency/reviews/", emergency.reviews, name="emergency-reviews"),
    path("emergency/reviews/<uuid:opening_id>/", emergency.review, name="emergency-review"),
    path("children/<uuid:person_id>/access/exclusions/new/", sealing.exclude, name="exclude-worker"),
    path("children/<uuid:person_id>/access/exclusions/own/", sealing.declare, name="declare-relation"),
    path("children/<uuid:person_id>/access/exclusions/<uuid:exclusion_id>/end/", sealing.let_back, name="let-back"),
    path("children/<uuid:person_id>/access/seal/", sealing.seal, name="seal-record"),
    path("children/<uuid:person_id>/access/seal/unseal/", sealing.unseal, name="unseal"),
    path(
        "children/<uuid:person_id>/access/seal/unseal/<uuid:proposal_id>/",
        sealing.answer_unseal,
        name="answer-unseal",
    ),
    path("children/<uuid:person_id>/access/seal/holders/new/", sealing.add_holder, name="add-holder"),
    path("children/<uuid:person_id>/access/seal/holders/<uuid:user_id>/", sealing.remove_holder, name="remove-holder"),
]
