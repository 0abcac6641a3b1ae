"""Reaches people, and keeps the proof: letters by e-mail and by post."""
