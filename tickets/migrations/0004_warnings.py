"""When each running date is next warned of; dates of before are warned of from now on."""

from datetime import timedelta

from django.db import migrations, models
from django.utils import timezone

AHEAD = {"statutory": (7, 3, 1), "network": (10, 3), "self_regulatory": (3, 1), "internal": (1,)}


def fill(apps, _schema):
    """Give every running date that binds the issuer its next warning."""
    now, rows = timezone.now(), apps.get_model("tickets", "Deadline").objects
    running = rows.filter(
        state="running", breached_at=None, binds="issuer", nature="deadline", due_at__gt=now
    )
    changed = []
    for row in running.iterator(chunk_size=500):
        ahead = tuple(row.warn_before_days) or AHEAD[row.severity]
        coming = [row.due_at - timedelta(days) for days in ahead]
        row.warn_at = min((one for one in coming if one > now), default=None)
        changed.append(row)
        if len(changed) == 500:
            rows.bulk_update(changed, ["warn_at"])
            changed = []
    rows.bulk_update(changed, ["warn_at"])


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0003_idempotency'),
    ]

    operations = [
        migrations.AddField(
            model_name='deadline',
            name='warn_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(condition=models.Q(('state', 'running'), ('warn_at__isnull', False)), fields=['warn_at'], name='deadline_to_warn_of'),
        ),
    ]
