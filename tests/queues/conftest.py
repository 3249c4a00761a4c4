"""The help desk that tests of queues look at."""

from tests.support.offices import office, office_file

__all__ = ["office", "office_file"]
