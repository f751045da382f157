"""Where a reader's child process begins: nothing here may need the apps before they are set up."""

from multiprocessing.connection import Connection


def begin(pipe: Connection) -> None:
    """Set up what a reading needs, say that it is there, and read until the parent is gone."""
    import signal

    import django

    for name in ("SIGINT", "SIGTERM"):  # the parent decides when it ends, by closing the pipe
        signal.signal(getattr(signal, name), signal.SIG_IGN)
    django.setup()

    from articles.intake.reader import serve

    serve(pipe)
