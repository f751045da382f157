"""Entities by their names as they are compared, and publications by the entities that they were approved with."""

import django.db.models.deletion
from django.db import migrations, models

import articles.models.keys


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0013_entities"),
    ]

    operations = [
        migrations.AddField(
            model_name="entity",
            name="key",
            field=articles.models.keys.KeyField(blank=True, db_index=True, default="", editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name="entityalias",
            name="key",
            field=articles.models.keys.KeyField(blank=True, db_index=True, default="", editable=False, max_length=200),
        ),
        migrations.CreateModel(
            name="PublishedTag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.CharField(db_index=True, max_length=220)),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entities", to="articles.publication"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("publication", "slug"), name="published_tag_once")],
            },
        ),
    ]
