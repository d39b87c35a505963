from django.urls import include, path

urlpatterns = [
    path("", include("trellis.core.urls")),
    path("", include("trellis.accounts.urls")),
    path("", include("trellis.cases.urls")),
    path("", include("trellis.missing.urls")),
    path("", include("trellis.sharing.urls")),
    path("", include("trellis.referrals.urls")),
    path("", include("trellis.governance.urls")),
    path("", include("trellis.reports.urls")),
    path("", include("trellis.workspace.urls")),
]
