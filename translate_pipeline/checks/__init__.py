"""Quality checks for prose."""
