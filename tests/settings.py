"""The project's own settings, as a test run needs them: no environment to prepare, cheap passwords."""

import os

os.environ["DEBUG"] = "1"
os.environ.setdefault("TASK_BACKEND", "immediate")
os.environ.setdefault("PUBLIC_BASE_URL", "https://news.example")

from newsroom.settings import *  # noqa: F403

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
