"""What happened, told to the program: one file a verb."""
