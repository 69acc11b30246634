"""``python -m compassion_protocols`` is the ``compassion-protocols`` command."""

from compassion_protocols.cli import main

raise SystemExit(main())
