"""Pages: each is shown values by one method and says by signals what was chosen."""
