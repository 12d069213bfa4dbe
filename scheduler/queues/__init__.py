"""How a hint that a shard has work reaches whoever drains it."""
