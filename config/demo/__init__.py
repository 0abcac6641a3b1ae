"""A desk with a past: some months of cases, walked through the real services.

No state is written here: every case is filed, worked, decided and told by the verbs that staff,
cardholders, networks and the clock press, at the instants at which they would have pressed them.
"""
