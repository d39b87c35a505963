"""Which passwords are common at heart, whatever was put around the word."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    "password",
    [
        "Password2026!",
        "qwertyqwerty",
        "qwerty123456",
        "aaaaaaaaaaaa",
        "123456789012",
        "Tr3ll1s-2026!!",
        "Safeguarding1",
        "p@ssw0rd!!!!!",
        "letmein letmein",
        "!!!!!!!!!!!!!!",
        "x" * 11,
    ],
)
def test_easily_guessed(password):
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password", ["violet harbour kettle sunday", "a long enough password", "k7#Vq9!tRw2z", "żółta kaczka płynie"]
)
def test_good_enough(password):
    validate_password(password)
