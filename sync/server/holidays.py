"""国民の祝日: the days no school is open, by the law that names them (昭和23年法律第178号), from 2022 to 2099."""

from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Final

DAY: Final = timedelta(days=1)
SATURDAY: Final = 5


@cache
def national_holidays(year: int) -> frozenset[date]:
    """National holidays, substitute days and days between two holidays of a calendar year."""
    equinoxes = ((3, 20.8431), (9, 23.2488))
    named = {
        *(date(year, month, day) for month, day in ((1, 1), (2, 11), (2, 23), (4, 29), (5, 3), (5, 4), (5, 5))),
        *(date(year, month, day) for month, day in ((8, 11), (11, 3), (11, 23))),
        *(_monday(year, month, nth) for month, nth in ((1, 2), (7, 3), (9, 3), (10, 2))),
        *(date(year, m, int(base + 0.242194 * (year - 1980) - (year - 1980) // 4)) for m, base in equinoxes),
    }
    days = set(named)
    for holiday in sorted(named):
        if holiday.weekday() == 6:
            substitute = holiday + DAY
            while substitute in named:
                substitute += DAY
            days.add(substitute)
    days |= {a + DAY for a, b in pairwise(sorted(named)) if b - a == 2 * DAY and (a + DAY).weekday() != 6}
    return frozenset(days)


def _monday(year: int, month: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7 + 7 * (nth - 1))
