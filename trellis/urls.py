from django.urls import include, path

urlpatterns = [
    path("", include("trellis.core.urls")),
    path("", include("trellis.accounts.urls")),
]
