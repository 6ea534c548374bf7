"""Model values to the shapes that leave the program."""
