"""The boxes in which one says what is to become of a ticket, one file each."""
