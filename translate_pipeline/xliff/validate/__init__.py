"""What XLIFF demands, beyond what schemas can say: one family of rules a module."""
