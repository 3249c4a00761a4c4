"""A help desk for the tests of reports."""

from tests.support.offices import office, office_file

__all__ = ["office", "office_file"]
