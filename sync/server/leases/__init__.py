"""Leases: the server's word, for a while and in hours of school, that a device may open its store without asking."""
