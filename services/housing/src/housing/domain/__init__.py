"""What the law says about titles: plain values and functions, no framework, no database, no broker."""
