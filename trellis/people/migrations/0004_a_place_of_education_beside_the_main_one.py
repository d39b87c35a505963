import django.contrib.postgres.constraints
from django.db import migrations, models

import trellis.core.models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_what_the_return_of_looked_after_children_asks"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="education",
            name="one_education_at_a_time",
        ),
        migrations.AddField(
            model_name="education",
            name="alongside",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name="education",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("alongside", False)),
                expressions=[("person", "="), (trellis.core.models.DateRange("starts_on", "ends_on"), "&&")],
                name="one_education_at_a_time",
            ),
        ),
    ]
