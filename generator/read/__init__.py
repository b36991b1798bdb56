"""Reads a content folder."""
