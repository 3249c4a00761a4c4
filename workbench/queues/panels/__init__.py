"""The parts of the queue screen that show one thing each."""
