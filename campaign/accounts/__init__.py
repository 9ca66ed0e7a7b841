"""People, sign-in, roles, invitations and tokens."""
