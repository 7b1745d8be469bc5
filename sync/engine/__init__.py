"""The client's half of sync: what to send, what to ask for, how to take what comes."""
