"""Where complaints in bulk come from: a regulator's export, tables, JSON lines."""
