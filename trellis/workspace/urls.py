from django.urls import include, path

from trellis.workspace import views
from trellis.workspace.documents import views as copies
from trellis.workspace.high_risk import views as high_risk
from trellis.workspace.statutory import views as statutory

urlpatterns = [
    path("", views.my_day, name="my-day"),
    path("children/", views.search, name="search"),
    path("children/<uuid:person_id>/", views.child, name="child"),
    path("children/<uuid:person_id>/export/", copies.export, name="export"),
    path("children/<uuid:person_id>/record.pdf", copies.record_pdf, name="record-pdf"),
    path("missing/statutory/", statutory.comparison, name="statutory-return"),
    path("missing/statutory/rows/", statutory.rows, name="statutory-rows"),
    path("api/", include("trellis.workspace.api.application")),
    path("missing/high-risk/", high_risk.high_risk_list, name="high-risk"),
    path("story/", views.story, name="story"),
]
