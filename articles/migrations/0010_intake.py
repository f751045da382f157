"""Uploads come in pieces and are worked on in the background: their state, their files, what was said beside an item."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def settle_older_uploads(apps, schema_editor):
    """Uploads so far were whole when they were there; an interrupted one still has items that wait."""
    upload, receipt = apps.get_model("articles", "Upload"), apps.get_model("articles", "Receipt")
    waiting = receipt.objects.filter(upload=models.OuterRef("pk"), outcome="waiting")
    upload.objects.filter(models.Exists(waiting)).update(state="paused")
    upload.objects.filter(~models.Exists(waiting)).update(state="done", finished_at=models.F("at"))


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0009_more_outlets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FilePiece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("start", models.PositiveBigIntegerField(help_text="Bytes from the beginning of the file")),
                ("content", models.BinaryField()),
            ],
            options={
                "ordering": ["file", "number"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="UploadFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=300)),
                ("size", models.PositiveBigIntegerField(default=0, help_text="Bytes")),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("cut", models.PositiveIntegerField(default=0)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("finished", models.BooleanField(default=False)),
                ("problem", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["upload", "position"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="UploadLogEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("action", models.CharField(max_length=40)),
                ("summary", models.CharField(max_length=500)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Worker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=64, unique=True)),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.RemoveConstraint(
            model_name="article",
            name="article_text_once",
        ),
        migrations.AddField(
            model_name="article",
            name="given",
            field=models.JSONField(blank=True, default=dict, help_text="What the scraper said beside the text."),
        ),
        migrations.AddField(
            model_name="article",
            name="kept_apart",
            field=models.BooleanField(
                default=False, help_text="Its words are another article's too; a person said that it is one of its own."
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="version_of",
            field=models.ForeignKey(
                blank=True,
                help_text="The earlier article of which a person said that this is a new version.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="articles.article",
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="receipt",
            name="given",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="receipt",
            name="number",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="receipt",
            name="place",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="receipt",
            name="settled_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="receipt",
            name="skipped_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="finished_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="upload",
            name="key",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="upload",
            name="mapping",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="upload",
            name="note",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="upload",
            name="state",
            field=models.CharField(
                choices=[
                    ("receiving", "receiving"),
                    ("waiting", "waiting"),
                    ("running", "running"),
                    ("paused", "paused"),
                    ("cancelled", "cancelled"),
                    ("done", "done"),
                ],
                default="receiving",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="touched_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="upload",
            name="way",
            field=models.CharField(
                choices=[
                    ("page", "the upload page"),
                    ("command", "a command"),
                    ("api", "the API"),
                    ("bookmarklet", "the bookmarklet"),
                    ("folder", "a watched folder"),
                ],
                default="page",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="receipt",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting"),
                    ("created", "created"),
                    ("duplicate", "duplicate"),
                    ("failed", "failed"),
                    ("skipped", "skipped"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["text_hash"], name="article_text"),
        ),
        migrations.AddIndex(
            model_name="upload",
            index=models.Index(fields=["state"], name="upload_state"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kept_apart", False), ("version_of__isnull", True)),
                fields=("text_hash",),
                name="article_text_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("version_of__isnull", True),
                    models.Q(("version_of", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="article_is_no_version_of_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("receiving", "waiting", "running", "paused", "cancelled", "done"))),
                name="upload_state_is_one_of_the_table",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["page", "command", "api", "bookmarklet", "folder"])),
                name="upload_came_one_of_the_ways",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key", ""), _negated=True), fields=("by", "key"), name="upload_once_a_key"
            ),
        ),
        migrations.AddField(
            model_name="uploadfile",
            name="upload",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="files", to="articles.upload"
            ),
        ),
        migrations.AddField(
            model_name="filepiece",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="pieces", to="articles.uploadfile"
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="file",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="receipts",
                to="articles.uploadfile",
            ),
        ),
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(fields=["upload", "outcome", "position"], name="receipt_outcomes"),
        ),
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(fields=["upload", "settled_at"], name="receipt_settled"),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(fields=("file", "number"), name="receipt_once_a_place_of_a_file"),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ("waiting", "created", "duplicate", "failed", "skipped"))),
                name="receipt_outcome_is_one_of_the_table",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "waiting"), _negated=True), ("original__isnull", False), _connector="OR"
                ),
                name="receipt_waits_with_its_bytes",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "skipped"), _negated=True), ("skipped_by__isnull", False), _connector="OR"
                ),
                name="receipt_names_who_skipped",
            ),
        ),
        migrations.AddField(
            model_name="uploadlogentry",
            name="person",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="uploadlogentry",
            name="upload",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="log", to="articles.upload"
            ),
        ),
        migrations.AddConstraint(
            model_name="uploadfile",
            constraint=models.UniqueConstraint(fields=("upload", "position"), name="upload_file_once"),
        ),
        migrations.AddConstraint(
            model_name="filepiece",
            constraint=models.UniqueConstraint(fields=("file", "number"), name="file_piece_once"),
        ),
        migrations.RunPython(settle_older_uploads, migrations.RunPython.noop),
    ]
