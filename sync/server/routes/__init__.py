"""The endpoints: decode, call, encode. No SQL and no rule lives here."""
