"""Mail that comes in: kept first, read without trust, and led to a case, a person or nowhere."""
