"""What is computed from records and never stored: one pure implementation for both ends (domain.md 15.1 rule 7)."""
