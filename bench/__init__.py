"""How fast the portal is, measured beside what the same machine can do at best."""
