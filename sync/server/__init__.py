"""The cloud backend, `keyaki-server`: one transaction takes a push, one snapshot answers a pull (sync/PROTOCOL.md)."""
