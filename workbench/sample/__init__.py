"""The sample: a made-up support organisation with 120 days of history."""
