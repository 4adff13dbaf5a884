"""Transport: driving licences, vehicles and their plates, residential parking permits."""
