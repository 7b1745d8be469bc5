"""The decision over edit groups: authorise, validate, one outcome per unit. Pure: all it may look at is handed in."""
