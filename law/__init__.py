"""What the law says, as pure functions with citations: no Django, no clock, no database."""
