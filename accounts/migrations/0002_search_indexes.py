"""Let staff find a cardholder by the beginning of the name, and an account by its last four."""

from django.db import migrations, models

_NAME = "cardholder_name_upper"


def _create(apps, schema_editor):
    # SQLite has few rows and no operator classes; PostgreSQL compares UPPER(name::text).
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE INDEX {_NAME} ON accounts_cardholder (UPPER(name::text) text_pattern_ops)"
        )


def _drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {_NAME}")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_facts")]
    operations = [
        migrations.AddIndex(
            model_name="cardaccount",
            index=models.Index(fields=["last_four"], name="account_last_four"),
        ),
        migrations.RunPython(_create, _drop),
    ]
