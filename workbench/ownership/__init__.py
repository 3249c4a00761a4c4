"""Who owns what: components, their owners, how they are found, and the seams between teams."""
