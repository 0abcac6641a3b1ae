"""The database refuses to change a transfer, except to answer a hold once."""

from django.db import migrations

from ledger.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_transfers")]
    operations = [
        append_only(
            "ledger_transfer",
            mutable=["state", "answered_at"],
            when="OLD.state = 'held' AND NEW.state IN ('settled', 'released')",
        ),
    ]
