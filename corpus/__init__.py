"""What ICAT published, as text that can be pointed into."""
