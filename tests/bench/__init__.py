"""Speed goals as commands: each prints its figure beside a baseline measured in the same run, never a bare time."""
