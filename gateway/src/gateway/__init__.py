"""The gateway: one window for each citizen to read and act through, and for agencies within registered purposes."""
