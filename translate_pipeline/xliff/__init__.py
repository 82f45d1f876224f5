"""Reading and writing XLIFF and the skeleton beside it."""
