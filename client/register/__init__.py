"""名簿 (S3): who is in a class, in the order the school keeps. Other rooms read class lists here."""
