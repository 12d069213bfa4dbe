"""How people and bot meet, in words that fit every platform."""
