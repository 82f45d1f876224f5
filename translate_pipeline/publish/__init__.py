"""From aligned documents to pages."""
