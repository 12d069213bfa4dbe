"""The revisions, oldest first by their numbers. A revision that was released never changes."""
