"""What oversight does when identity tells it something about a person, and when an alarm is raised."""
