from django.urls import path

from trellis.health_needs.views import health, involved, updates

HEALTH = "children/<uuid:person_id>/health/"
urlpatterns = [
    path("health/", health.queue, name="health-queue"),
    path(HEALTH, health.child_health, name="child-health"),
    path(f"{HEALTH}updates/new/", updates.give_update, name="give-health-update"),
    path(f"{HEALTH}updates/<uuid:update_id>/correct/", updates.correct_update, name="correct-health-update"),
    path(f"{HEALTH}questions/new/", updates.ask, name="ask-health"),
    path(f"{HEALTH}questions/<uuid:question_id>/answer/", updates.answer, name="answer-health-question"),
    path(f"{HEALTH}questions/<uuid:question_id>/withdraw/", updates.withdraw, name="withdraw-health-question"),
    path(f"{HEALTH}services/new/", involved.add, name="add-health-service"),
    path(f"{HEALTH}services/<uuid:service_id>/correct/", involved.correct, name="correct-health-service"),
    path(f"{HEALTH}services/<uuid:service_id>/end/", involved.end, name="end-health-service"),
]
