"""Who calls the API, and the facts that the issuer's own systems bring through it."""
