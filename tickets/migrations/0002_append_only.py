"""The database refuses to change history."""

from django.db import migrations

from ledger.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_envelope")]
    operations = [append_only("tickets_event")]
