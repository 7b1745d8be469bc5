"""今日 (S2): what to do now, one's own classes, and how far the work of the term has come."""
