"""What the application is made of below its modes: keys and their turns, doors between rooms, errors, the terminal."""
