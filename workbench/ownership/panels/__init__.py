"""What the owners' screen is made of."""
