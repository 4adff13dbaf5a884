"""Onewindow on one machine: embedded engines, the supervisor and the command line."""
