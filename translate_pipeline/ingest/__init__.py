"""From the bytes of an article to a Document."""
