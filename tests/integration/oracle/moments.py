"""Days and times as FHIR writes them, brought to the days of one time zone."""

import calendar
import dataclasses
import datetime
import re
import zoneinfo
from typing import Any

FHIR = re.compile(r"^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?)?)?$")
AGE_UNITS = {"a": "years", "mo": "months", "wk": "weeks", "d": "days"}


@dataclasses.dataclass(frozen=True)
class Moment:
    """A day, and whether it was made from a month or a year alone."""

    day: datetime.date
    is_partial: bool = False


def read_moment(text: Any, zone: zoneinfo.ZoneInfo) -> Moment | None:
    """Returns the day in the zone of a FHIR date, dateTime or instant; None if it is none."""
    match = FHIR.match(text) if isinstance(text, str) else None
    if match is None:
        return None
    year, month, day, time, offset = match.groups()
    if time and offset:
        # fromisoformat takes at most six digits of a second.
        stamp = re.sub(r"(\.\d{6})\d+", r"\1", f"{year}-{month}-{day}T{time}{'+00:00' if offset == 'Z' else offset}")
        return Moment(datetime.datetime.fromisoformat(stamp).astimezone(zone).date())
    return Moment(datetime.date(int(year), int(month or 1), int(day or 1)), is_partial=day is None)


def born_plus_age(birth: Moment | None, age: Any) -> Moment | None:
    """Returns the day on which somebody born then has that age (a FHIR Age in years, months, weeks or days)."""
    unit = AGE_UNITS.get((age or {}).get("code", ""))
    if birth is None or unit is None or "value" not in age:
        return None
    count = int(age["value"])
    if unit in ("weeks", "days"):
        return Moment(birth.day + datetime.timedelta(**{unit: count}), is_partial=True)
    months = birth.day.month - 1 + count * (12 if unit == "years" else 1)
    year, month = birth.day.year + months // 12, months % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return Moment(datetime.date(year, month, min(birth.day.day, last)), is_partial=True)
