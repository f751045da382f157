"""What `manage.py check --deploy` says beyond Django's own checks."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def strict_csp(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Django warns of much, but not of a missing or loosened content security policy."""
    policy = settings.SECURE_CSP or {}
    loose = [name for name, sources in policy.items() if "'unsafe-inline'" in sources or "'unsafe-eval'" in sources]
    if not policy:
        return [Error("No content security policy is set.", hint="Set SECURE_CSP.", id="newsroom.E001")]
    if loose:
        return [Error(f"The content security policy allows inline code: {', '.join(loose)}.", id="newsroom.E002")]
    return []


@register(Tags.security, deploy=True)
def secure_address(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Feeds carry the public address to every reader."""
    if not settings.PUBLIC_BASE_URL.startswith("https://"):
        return [
            checks.Warning(
                f"Feeds and pages give {settings.PUBLIC_BASE_URL} as their address.",
                hint="Set PUBLIC_BASE_URL to the https:// address that readers use.",
                id="newsroom.W001",
            )
        ]
    return []
