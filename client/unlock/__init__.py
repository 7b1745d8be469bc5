"""How a teacher comes in: choosing who works on this PC, and signing in with the board's own identity provider.

The flow is the authorisation code flow with PKCE in the system's browser (RFC 8252, RFC 7636): no password is ever
typed into this program. The ID token is swapped at once for the server's own tokens; the nonce in it binds the two.
"""
