"""The terminal: commands, options and what they print. Only this room prints or exits."""
