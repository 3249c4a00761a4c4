"""What one person keeps: drafts, preferences, what they have seen, and where they are."""
