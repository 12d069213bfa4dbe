"""When things happen: what is due is planned, and what is to be said is sent, each exactly once."""
