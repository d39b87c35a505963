from django.urls import path

from trellis.letters.views import collecting, following, writing

LETTERS = "children/<uuid:person_id>/letters/"
urlpatterns = [
    path(f"{LETTERS}new/<slug:letter>/", writing.write_letter, name="write-letter"),
    path(f"{LETTERS}none/<slug:letter>/", writing.no_letter, name="no-letter"),
    path(f"{LETTERS}<uuid:letter_id>/", following.letter, name="child-letter"),
    path(f"{LETTERS}<uuid:letter_id>/code/", following.make_code, name="letter-code"),
    path(f"{LETTERS}<uuid:letter_id>/paper/", following.paper, name="letter-paper"),
    path("letters/<slug:token>/", collecting.collect_letter, name="collect-letter"),
]
