"""Staff: their accounts, how they sign in, their second factor, and who is on duty."""
