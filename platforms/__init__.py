"""Chat platforms: each turns Messages into its own format, and what people do into events."""
