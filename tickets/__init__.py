"""The envelope of every case: who must act, its history, its deadlines, its messages."""
