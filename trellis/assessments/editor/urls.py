from django.urls import path

from trellis.assessments.editor import views

ONE = "instruments/<uuid:instrument_id>/"

urlpatterns = [
    path("instruments/", views.instruments, name="instruments"),
    path("instruments/new/", views.new_instrument, name="new-instrument"),
    path(ONE, views.instrument, name="instrument"),
    path(f"{ONE}about/", views.instrument_about, name="instrument-about"),
    path(f"{ONE}draft/begin/", views.begin_draft, name="begin-draft"),
    path(f"{ONE}draft/", views.instrument_draft, name="instrument-draft"),
    path(f"{ONE}draft/parts/<slug:part>/", views.draft_part, name="draft-part"),
    path(f"{ONE}draft/parts/<slug:part>/<slug:code>/", views.draft_part, name="draft-member"),
    path(f"{ONE}publish/", views.publish, name="publish-instrument"),
    path(f"{ONE}versions/<int:number>/", views.instrument_version, name="instrument-version"),
    path(f"{ONE}versions/<int:number>/retire/", views.retire, name="retire-version"),
]
