"""What every test of practice may ask for."""

from tests.support.offices import office, office_file

__all__ = ["office", "office_file"]
