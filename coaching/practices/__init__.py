"""The catalogue's files: one practice each."""
