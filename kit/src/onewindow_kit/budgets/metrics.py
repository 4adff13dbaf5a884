"""What operators watch of budgets and alarms; no label names a person, an officer or an organisation."""

from prometheus_client import Counter, Gauge

RAISED = Counter("onewindow_alarms_raised", "Alarms raised on this node", ["kind"])
UNSENT = Gauge("onewindow_alarms_unsent", "Alarms that Kafka does not have yet", multiprocess_mode="max")
FOLDED = Counter("onewindow_budget_entries_folded", "Access entries read back for budgets and alarms")
UNREADABLE = Counter("onewindow_budget_batches_unreadable", "Batches of the access record that could not be read back")
BEHIND = Gauge("onewindow_budget_fold_behind", "Batches of the access record not folded yet", multiprocess_mode="max")
OVERSHOT = Counter(
    "onewindow_budget_overshot", "People shown beyond a budget by nodes that did not know of each other yet"
)
