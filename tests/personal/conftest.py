"""The help desk whose people keep things."""

from tests.support.offices import office, office_file

__all__ = ["office", "office_file"]
