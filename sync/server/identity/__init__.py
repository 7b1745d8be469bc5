"""Who signs in, and how the server knows them again: ID tokens of a provider in, the server's own tokens out."""
