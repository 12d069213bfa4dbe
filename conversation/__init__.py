"""How people and bot meet, in words that fit every platform: events, messages, and the platform's port."""
