"""The complaint clocks of mainland China as a diary: one page a day, nothing computed ahead.

银保监会令2020年第3号 (15, 30, 60 days) and 人民银行令〔2020〕第5号 (15, 60 days).
"""

from tests.law.oracles.dates import DAY

# Regime: steps a total may take, and what must be on record for the step.
STEPS = {
    "cmp": {(15, 30): (), (30, 60): ("approved_by_superior", "complainant_informed")},
    "pbc": {(15, 60): ("approved_by_head", "complainant_informed")},
}


def diary(regime, received, extensions, repeats, pauses):
    """Turn the pages from the day of receipt; return the last day and the total that applied.

    A day counts unless an outside appraisal of which the complainant was told covers it. Events
    of a page are read while its day is not past the last one; an extension before a repeat.
    """
    last_event = max([received, *(one["decided"] for one in extensions),
                      *(one["received"] for one in repeats)])  # fmt: skip
    start, total, day, counted, ended = received, 15, received, 0, None
    while day <= last_event or ended is None:
        if day != start and not _appraised(day, start, pauses):
            counted += day > start
        ended = _first_end(ended, day, counted, total)
        for one in extensions:
            if one["decided"] == day and (ended is None or day == ended):
                total = _extended(regime, one, total)
                ended = None if counted < total else ended
        for one in repeats:
            if one["received"] == day and one.get("new_facts") and (ended is None or day == ended):
                start, total, counted, ended = day, 15, 0, None
        day += DAY
    return ended, total


def _first_end(ended, day, counted, total):
    return day if ended is None and counted == total else ended


def _appraised(day, start, pauses):
    return any(one.get("informed") and one["from"] <= day < one["to"] for one in pauses)


def _extended(regime, extension, total):
    needs = STEPS[regime].get((total, extension["to"]))
    if needs is None or not all(extension.get(fact) for fact in needs):
        return total
    return extension["to"]
