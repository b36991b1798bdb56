"""Turns a content folder into the pages of a briefing site."""
