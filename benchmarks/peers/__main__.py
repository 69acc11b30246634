"""Install this checkout beside its Python peers, and play the same exercise on each.

    python -m benchmarks.peers

A temporary environment is made for it, and nothing is left behind. Every peer
does the same twenty-four events: it checks each answer, goes on, and makes the
next page's text with two names in it. “Stateless” is restore, event, snapshot,
as a worker does it that keeps nothing in memory.
"""

from __future__ import annotations

import subprocess
from tempfile import TemporaryDirectory

from benchmarks.processes import HERE, new_environment

PEERS = ("transitions==0.9.*", "SpiffWorkflow==3.2.*", "python-statemachine==3.2.*")


def main() -> None:
    """Make the environment and measure in it."""
    with TemporaryDirectory() as folder:
        python = new_environment(folder, str(HERE), *PEERS)
        subprocess.run([python, "-m", "benchmarks.peers.table"], check=True, cwd=HERE)


if __name__ == "__main__":
    main()
