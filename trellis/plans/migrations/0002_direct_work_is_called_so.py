import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What was called a contact is direct work: a contact is a step of the front door."""

    dependencies = [
        ("plans", "0001_the_one_plan"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel(old_name="Contact", new_name="DirectWork"),
        migrations.RenameModel(old_name="ContactMove", new_name="DirectWorkMove"),
        migrations.RenameField(model_name="directworkmove", old_name="contact", new_name="direct_work"),
        migrations.RemoveConstraint(
            model_name="directwork",
            name="contact_made_has_a_time",
        ),
        migrations.RemoveConstraint(
            model_name="directwork",
            name="contact_held_says_whether_seen_alone",
        ),
        migrations.RenameIndex(
            model_name="directwork",
            new_name="direct_work_of_a_child",
            old_name="contacts_of_a_child",
        ),
        migrations.RenameIndex(
            model_name="directwork",
            new_name="direct_work_planned",
            old_name="contact_planned",
        ),
        migrations.AlterField(
            model_name="directwork",
            name="kind",
            field=models.CharField(
                choices=[
                    ("visit", "Visit"),
                    ("direct_work", "Session together"),
                    ("call", "Call or message"),
                    ("activity", "Activity together"),
                ],
                default="visit",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="directwork",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="direct_work", to="people.person"
            ),
        ),
        migrations.AlterField(
            model_name="directwork",
            name="plan",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="direct_work",
                to="plans.plan",
            ),
        ),
        migrations.AlterField(
            model_name="directwork",
            name="worker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="direct_work", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="directwork",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ("planned", "cancelled")), ("happened_at__isnull", False), _connector="OR"
                ),
                name="direct_work_done_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="directwork",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "held"), _negated=True), ("seen_alone__isnull", False), _connector="OR"
                ),
                name="direct_work_held_says_whether_seen_alone",
            ),
        ),
    ]
