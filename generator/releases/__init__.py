"""Releases of a dossier: its facts as they were published last, and what changed at each."""
