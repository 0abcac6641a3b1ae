"""Complaints over HTTP: shapes and statuses; every rule is the services'."""
