"""Find whose address a mail bears without reading every cardholder."""

from django.db import migrations

_NAME = "cardholder_email_upper"


def _create(apps, schema_editor):
    # SQLite has few rows; PostgreSQL compares UPPER(email::text).
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX {_NAME} ON accounts_cardholder (UPPER(email::text))")


def _drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {_NAME}")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_kind_and_region")]
    operations = [migrations.RunPython(_create, _drop)]
