"""The parks department: who holds which piece of garden. A small, whole department, to copy from."""
