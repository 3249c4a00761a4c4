"""Parts of the screens of hand-offs and swarms."""
