"""Practice: made-up tickets on a workbench of their own, worked on the very same screens, and what one may learn."""
