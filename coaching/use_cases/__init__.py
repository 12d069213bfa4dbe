"""What the bot can be asked to do: short functions over a unit of work. Load, decide, keep."""
