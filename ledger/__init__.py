"""Case money between named accounts; knows no case, only a reference string."""
