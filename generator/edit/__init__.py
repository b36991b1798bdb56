"""Changing content files by the place of what is changed: all other bytes stay as they were."""
