from django.urls import path

from trellis.cases import views

urlpatterns = [
    path("children/<uuid:person_id>/chronology/", views.chronology, name="chronology"),
    path("notices/<uuid:notice_id>/seen/", views.notice_seen, name="notice-seen"),
    path("children/<uuid:person_id>/chronology/add/", views.add_note, name="add-note"),
    path("children/<uuid:person_id>/chronology/<uuid:entry_id>/correct/", views.correct_note, name="correct-note"),
    path("children/<uuid:person_id>/chronology/<uuid:entry_id>/handling/", views.entry_handling, name="entry-handling"),
    path("children/<uuid:person_id>/chronology/<uuid:entry_id>/source/", views.entry_raw_text, name="entry-raw-text"),
]
