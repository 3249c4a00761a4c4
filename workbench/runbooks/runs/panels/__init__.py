"""What the screen of a run is made of."""
