"""Workbench: a terminal queue workbench for tiered support, in one SQLite file."""

import os

__version__ = "0.1.0"

FRAMES_A_SECOND = 120
"""Frames that are drawn at most in a second; $TEXTUAL_FPS names another number."""

# With Textual's own 60 the answer to a key waits up to 17 ms for the frame after one just drawn, which is longer than
# everything else it needs. Textual reads this when it is imported, so it stands where all of our modules come by first.
os.environ.setdefault("TEXTUAL_FPS", str(FRAMES_A_SECOND))
