"""A process that keeps a PostgreSQL cluster for the storms, and stops it when the tests end, however they end."""

import signal
import sys
from pathlib import Path

from kopiena.floor import embedded_postgres


def main() -> None:
    """`python -m tests.storms.keeper FOLDER`: starts it, says so, waits to be told to stop."""
    var_dir = Path(sys.argv[1])
    wanted = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, wanted)  # also while it starts: it must not be left behind
    try:
        embedded_postgres.start(var_dir)
        print("ready", flush=True)
        signal.sigwait(wanted)
    finally:
        embedded_postgres.stop(var_dir)


if __name__ == "__main__":
    main()
