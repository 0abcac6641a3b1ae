"""The billing claim of a cardholder, and its recovery from the card network."""
