"""What the answers mean. Pure functions over plain data; the lowest room, it imports none."""
