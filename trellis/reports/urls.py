from django.urls import path

from trellis.reports import views

urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/annual/<slug:year>/", views.annual, name="annual-report"),
    path("reports/missing/", views.missing_reports, name="missing-reports"),
    path("reports/missing/<slug:month>/", views.missing_report, name="missing-report"),
    path("reports/editions/<uuid:edition_id>/", views.edition, name="edition"),
    path("reports/editions/<uuid:edition_id>/<str:name>", views.file, name="report-file"),
    path("reports/figures/<uuid:edition_id>/<str:measure>/", views.figure, name="figure"),
]
