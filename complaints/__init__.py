"""The grievance against the issuer itself: worked by others than it is about, and answered."""
