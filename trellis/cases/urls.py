from django.urls import path

from trellis.cases import views
from trellis.cases.details import views as details

urlpatterns = [
    path("children/<uuid:person_id>/chronology/", views.chronology, name="chronology"),
    path("children/<uuid:person_id>/details/", details.details, name="child-details"),
    path("children/<uuid:person_id>/details/<slug:section>/change/", details.change, name="change-details"),
    path("children/<uuid:person_id>/details/<slug:section>/add/", details.add, name="add-detail"),
    path(
        "children/<uuid:person_id>/details/<slug:section>/<uuid:row_id>/change/",
        details.change_row,
        name="change-detail",
    ),
    path("children/<uuid:person_id>/addresses/<uuid:row_id>/", details.open_address, name="open-address"),
    path("children/<uuid:person_id>/history/", details.history, name="child-history"),
    path("children/<uuid:person_id>/case/close/", views.close_case, name="close-case"),
    path("notices/<uuid:notice_id>/seen/", views.notice_seen, name="notice-seen"),
    path("children/<uuid:person_id>/chronology/print/", views.print_chronology, name="print-chronology"),
    path("children/<uuid:person_id>/chronology/add/", views.add_note, name="add-note"),
    path("children/<uuid:person_id>/chronology/<uuid:entry_id>/correct/", views.correct_note, name="correct-note"),
    path("children/<uuid:person_id>/chronology/<uuid:entry_id>/handling/", views.entry_handling, name="entry-handling"),
    path("children/<uuid:person_id>/chronology/<uuid:entry_id>/source/", views.entry_raw_text, name="entry-raw-text"),
]
