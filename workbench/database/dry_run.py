"""How a dry run ends that has done everything for real, so that it can tell what would come of it."""


class DryRun(Exception):
    """Raised within a transaction, takes everything back that was written in it; whoever began it suppresses this."""
