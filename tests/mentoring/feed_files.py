"""Files of absences for tests."""

HEADER = "Staff number,First day,Expected back,Back on"


def a_file(*rows: str, header: str = HEADER, encoding: str = "utf-8") -> bytes:
    return "\r\n".join([header, *rows]).encode(encoding)


def row(person, first_day, expected="", back="") -> str:
    """A line of a file about a person, or with these characters for a staff number."""
    return f"{getattr(person, 'staff_number', person)},{first_day},{expected},{back}"
