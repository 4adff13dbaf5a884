"""Two persons turn out to be one, or one to be two: every record that named one of them names another from now on.

Each part knows its own kinds of records: ``urns_of(session, registry, person)`` lists those that name a person, ``refile(session,
registry, urn, old, new, change, on)`` publishes one anew under another name and says whether it was of its kinds. A name
that begins with ``?`` is nobody's: a split left open whose the record is, and until somebody decides nobody sees it.
"""
