from django.urls import path

from trellis.workspace import views

urlpatterns = [
    path("", views.my_day, name="my-day"),
    path("children/", views.search, name="search"),
    path("children/<uuid:person_id>/", views.child, name="child"),
    path("story/", views.story, name="story"),
]
