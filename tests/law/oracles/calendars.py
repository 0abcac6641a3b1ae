"""Every calendar's oracle: whether a day is closed, and the years that the oracle knows."""

from tests.law.oracles import america, asia, britain, europe, oceania

CLOSED = {
    "CAL": (lambda day: False, 1990, 2040),
    **america.CALENDARS,
    **asia.CALENDARS,
    **britain.CALENDARS,
    **europe.CALENDARS,
    **oceania.CALENDARS,
}
