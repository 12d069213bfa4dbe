"""The core, in the words a coach would use: no SDK, no SQL, no HTTP, no reading of the clock."""
