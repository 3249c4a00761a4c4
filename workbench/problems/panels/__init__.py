"""Parts of the screen of known problems."""
