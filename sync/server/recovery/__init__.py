"""Recovery: what lies only in a sealed journal is read for its author, who says what of it the school is to take."""
