from django.urls import path

from trellis.meetings.views import child, items, meeting, panels, updates

MEETING = "panels/meetings/<uuid:meeting_id>/"
ITEM = f"{MEETING}items/<uuid:item_id>/"
CHILD = "children/<uuid:person_id>/panels/"
urlpatterns = [
    path("panels/", panels.panels, name="panels"),
    path(MEETING, meeting.meeting, name="panel-meeting"),
    path(f"{MEETING}agenda/", meeting.build, name="build-agenda"),
    path(f"{MEETING}order/", meeting.order, name="agenda-order"),
    path(f"{MEETING}cancel/", meeting.cancel, name="cancel-panel-meeting"),
    path(f"{MEETING}close/", meeting.close, name="close-panel-meeting"),
    path(f"{MEETING}minutes/", meeting.minutes, name="panel-minutes"),
    path(ITEM, items.item, name="agenda-item"),
    path(f"{ITEM}ask/", items.ask, name="ask-for-updates"),
    path(f"{ITEM}off/", items.take_off, name="take-off-agenda"),
    path(f"{ITEM}back/", items.put_back, name="put-back-on-agenda"),
    path("panels/updates/<uuid:request_id>/", updates.update, name="panel-update"),
    path("panels/updates/<uuid:request_id>/chase/", updates.chase, name="chase-update"),
    path("panels/<slug:code>/", panels.panel, name="panel"),
    path("panels/<slug:code>/meetings/new/", panels.plan_meeting, name="plan-panel-meeting"),
    path(CHILD, child.child_panels, name="child-panels"),
    path(f"{CHILD}refer/", child.refer, name="refer-to-panel"),
    path(f"{CHILD}referrals/<uuid:referral_id>/withdraw/", child.withdraw, name="withdraw-from-panel"),
    path(f"{CHILD}actions/<uuid:action_id>/", child.action, name="panel-action"),
]
