"""The cloud backend, `keyaki-server`: one transaction takes pushes, one snapshot answers pulls (see sync/PROTOCOL.md)."""
