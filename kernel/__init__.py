"""Plain words that every room uses: money, actors, refusals, references. No Django."""
