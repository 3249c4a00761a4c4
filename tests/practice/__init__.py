"""Practice: scenarios, sessions on simulated time, and their points."""
