"""Files changed by the place of what changes, and written whole or not at all."""
