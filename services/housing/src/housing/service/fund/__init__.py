"""Use cases of the provident fund. Locks are taken in one order: case, employer, account, loan."""
