"""What the screen of the library is made of."""
