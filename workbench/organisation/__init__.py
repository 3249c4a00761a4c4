"""Teams, people, rotations, clients, calendars and targets; the setup file."""
