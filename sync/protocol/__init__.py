"""What travels between client and server; knows no record type (protocol integer 1, see sync/PROTOCOL.md)."""
