"""What ``cli.py`` can be asked, one file for each kind of thing that a command is about."""
