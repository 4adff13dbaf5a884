"""`python -m onewindow_local`: the command line behind ./onewindow."""

from onewindow_local.cli import main

raise SystemExit(main())
