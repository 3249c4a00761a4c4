"""Where a support organisation stands: figures against their targets, and what they say about the way it is built."""
