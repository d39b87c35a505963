from django.urls import path

from trellis.voice.views import child, feedback, keeping, together

VOICE = "children/<uuid:person_id>/voice/"
TOGETHER = "voice/together/<uuid:together_id>/"
urlpatterns = [
    path(VOICE, child.child_voice, name="child-voice"),
    path(f"{VOICE}record/", child.record, name="record-view"),
    path(f"{VOICE}views/<uuid:view_id>/", child.view, name="view"),
    path(f"{VOICE}views/<uuid:view_id>/correct/", child.correct, name="correct-view"),
    path(f"{VOICE}changes/new/", child.change, name="record-change"),
    path(f"{VOICE}changes/<uuid:change_id>/told/", child.tell, name="tell-of-change"),
    path(f"{VOICE}feedback/new/", feedback.record, name="record-feedback"),
    path(f"{VOICE}together/", keeping.begin, name="begin-together"),
    path(f"{VOICE}together/<uuid:together_id>/", keeping.said, name="keep-words"),
    path(f"{VOICE}together/<uuid:together_id>/<uuid:step_id>/", keeping.keep, name="keep-step"),
    path("voice/feedback/", feedback.figures, name="feedback-figures"),
    path("voice/waiting/", keeping.waiting, name="words-waiting"),
    path(TOGETHER, together.page, name="together"),
    path(f"{TOGETHER}<int:position>/", together.page, name="together-page"),
    path(f"{TOGETHER}finish/", together.finish, name="finish-together"),
    path(f"{TOGETHER}exit/", together.leave, name="leave-together"),
]
