"""What is asked for through the window: each file is one kind of case, how it is applied for and what granting it does.

Who is meant stands in the case's parties only, in order; the content points to them by position. So a person who goes
by another pseudonym later is renamed in one place.
"""
