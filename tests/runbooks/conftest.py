"""The help desk that tests of the library act on."""

from tests.offices import office, office_file

__all__ = ["office", "office_file"]
