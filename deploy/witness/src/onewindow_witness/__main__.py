import sys

from onewindow_witness.commands import main

sys.exit(main())
