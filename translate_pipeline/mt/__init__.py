"""Translation with Argos packages."""
