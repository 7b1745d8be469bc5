"""One teacher's encrypted copy of what that teacher may see of one school, and what waits to be sent."""
