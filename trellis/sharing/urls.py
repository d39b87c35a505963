from django.urls import path

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
]
