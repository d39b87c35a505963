import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import trellis.core.ids

ID = ("id", models.UUIDField(default=trellis.core.ids.new_id, editable=False, primary_key=True, serialize=False))


def user(related_name):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE, related_name=related_name, to=settings.AUTH_USER_MODEL
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_second_factors")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="home_postcode",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="Only used to notice a worker opening a record at their own address.",
                max_length=8,
            ),
        ),
        migrations.RemoveConstraint(model_name="membership", name="membership_ends_after_start"),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=Q(("ends_on__isnull", True), ("ends_on__gte", F("starts_on")), _connector="OR"),
                name="membership_never_ends_before_it_starts",
            ),
        ),
        migrations.CreateModel(
            name="SignInIdentity",
            fields=[
                ID,
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("issuer", models.CharField(max_length=255)),
                ("subject", models.CharField(max_length=255)),
                ("user", user("identities")),
            ],
            options={
                "verbose_name": "sign-in identity",
                "verbose_name_plural": "sign-in identities",
                "constraints": [
                    models.UniqueConstraint(fields=("issuer", "subject"), name="sign_in_identity_of_one_user"),
                    models.UniqueConstraint(fields=("issuer", "user"), name="one_sign_in_identity_at_an_issuer"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ID,
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("user", user("invitations")),
            ],
            options={"abstract": False},
        ),
    ]
