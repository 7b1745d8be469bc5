"""What opens a store: a PIN somebody knows, a secret of this PC, a share the school lends; none of them alone.

The three become the key that wraps the store's own random key in a small file beside it. A new PIN or a new lease wraps
that key anew and leaves the store as it is. No Qt, no network, no database: bytes in, keys out.
"""
