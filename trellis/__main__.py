"""``python -m trellis``: the console program behind ./hub."""

from trellis.console.program import main

raise SystemExit(main())
