"""Runbooks: a library that is found in spite of a typo, and runs that leave a trace."""
