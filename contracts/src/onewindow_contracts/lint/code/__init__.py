"""Rules that look into the departments' code: a number of the law stands in a dated parameter, and is asked for there."""
