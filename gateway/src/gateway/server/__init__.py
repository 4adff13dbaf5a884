"""The API's processes: one that does everything, or several workers on one listening socket."""
