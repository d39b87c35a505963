from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("missing", "0004_whose_grade_and_which_report")]

    operations = [
        migrations.RenameField("deskowner", "taken_at", "given_at"),
        migrations.AlterModelOptions("deskowner", options={"ordering": ["-given_at"]}),
    ]
