"""The forms of signing in."""

from django import forms


class GuessForm(forms.Form):
    """A form somebody may guess with; ``blocked_for`` seconds once they did so too often."""

    blocked_for = 0


class SignInForm(GuessForm):
    username = forms.EmailField(
        label="E-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": "Enter an e-mail address in the right form, like name@example.org",
        },
    )
    password = forms.CharField(
        label="Password",
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password"},
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)


class CodeForm(GuessForm):
    """A code of an authenticator app."""

    code = forms.CharField(
        label="Code from your authenticator app",
        help_text="6 digits. A new code comes every 30 seconds, and each counts once.",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": "Enter the 6 digits your authenticator app shows"},
    )


class RecoveryCodeForm(GuessForm):
    """A recovery code."""

    code = forms.CharField(
        label="Recovery code",
        help_text="One of the ten codes you were given. It works once.",
        max_length=40,
        error_messages={"required": "Enter one of your recovery codes"},
    )


class KeyAnswerForm(forms.Form):
    """What the browser's part of a security key ceremony brings back; see security_key.js."""

    answer = forms.CharField(
        max_length=20_000,
        widget=forms.HiddenInput,
        error_messages={"required": "The key did not answer. Try again", "max_length": "The key did not answer"},
    )


class NewKeyForm(KeyAnswerForm):
    name = forms.CharField(
        label="A name for this key",
        help_text="So that you know which one it is, such as “blue key on my ring” or “my phone”.",
        max_length=60,
        required=False,
    )


class PasswordForm(GuessForm):
    """The present password and a new one."""

    present = forms.CharField(
        label="Your present password",
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your present password"},
    )
    wanted = forms.CharField(
        label="Your new password",
        help_text="12 characters or more. Three or four words that have nothing to do with each other do well.",
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter the new password"},
    )
