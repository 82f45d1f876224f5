"""What happens when a translator's file comes back."""
