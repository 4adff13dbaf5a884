"""What every process of Onewindow shares: settings, problems, access, the unit of work, records, relay, consumers, seals.

The kit knows no department and no contract: compiled contracts come in as arguments.
"""
