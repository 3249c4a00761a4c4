"""The parts of the screens of practice."""
