"""What we claim about speed, repeatable by one command: ``make bench``."""
