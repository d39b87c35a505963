from django.urls import include, path

urlpatterns = [
    path("", include("trellis.core.urls")),
    path("", include("trellis.accounts.urls")),
    path("", include("trellis.cases.urls")),
    path("", include("trellis.missing.urls")),
    path("", include("trellis.sharing.urls")),
    path("", include("trellis.assessments.urls")),
    path("", include("trellis.plans.urls")),
    path("", include("trellis.documents.urls")),
    path("", include("trellis.referrals.urls")),
    path("", include("trellis.supervision.urls")),
    path("", include("trellis.meetings.urls")),
    path("", include("trellis.wording.urls")),
    path("", include("trellis.governance.urls")),
    path("", include("trellis.reports.urls")),
    path("", include("trellis.workspace.urls")),
]
