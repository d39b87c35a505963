from django.urls import path

from trellis.accounts.views import account, second_step, set_up, sign_in

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/as/", sign_in.sign_in_as, name="sign-in-as"),
    path("sign-in/second-step/", second_step.second_step, name="second-step"),
    path("sign-in/recovery-code/", second_step.recovery_code, name="recovery-code"),
    path("sign-in/set-up/", set_up.set_up, name="set-up"),
    path("sign-in/set-up/app/", set_up.set_up_app, name="set-up-app"),
    path("sign-in/set-up/key/", set_up.set_up_key, name="set-up-key"),
    path("sign-in/confirm/", second_step.confirm, name="confirm"),
    path("sign-in/confirm/recovery-code/", second_step.confirm_with_recovery_code, name="confirm-recovery-code"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("session/", sign_in.session, name="session"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="password"),
    path("account/app/", account.app, name="app"),
    path("account/app/remove/", account.remove_app, name="remove-app"),
    path("account/keys/add/", account.add_key, name="add-key"),
    path("account/keys/<uuid:key_id>/remove/", account.remove_key, name="remove-key"),
    path("account/recovery-codes/", account.recovery_codes, name="recovery-codes"),
    path("account/recovery-codes/new/", account.new_recovery_codes, name="new-recovery-codes"),
]
