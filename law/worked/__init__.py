"""Worked cases: read in three formats, computed through the engine, compared key by key."""
