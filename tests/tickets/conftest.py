"""The help desk that tests of tickets act on."""

from tests.support.offices import office, office_file

__all__ = ["office", "office_file"]
