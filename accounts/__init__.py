"""Whom and what a case is about: facts that come from the issuer's own systems."""
