"""Repositories: the core's records in the tables, one workspace at a time."""
