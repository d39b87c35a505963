from django.urls import path

from trellis.documents import views

urlpatterns = [
    path("children/<uuid:person_id>/documents/", views.child_documents, name="child-documents"),
    path("children/<uuid:person_id>/documents/<uuid:document_id>/", views.document, name="document"),
    path("children/<uuid:person_id>/documents/<uuid:document_id>/handling/", views.handling, name="document-handling"),
    path("children/<uuid:person_id>/documents/<uuid:document_id>/scan/", views.scan, name="scan-document"),
    path("children/<uuid:person_id>/documents/<uuid:document_id>/release/", views.release, name="release-document"),
]
