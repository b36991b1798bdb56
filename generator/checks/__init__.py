"""The cross-checks: each a small named function that takes the dossier and yields findings.

A check words nothing and knows no lines: it names the code, the brief and the path, and `run.py` turns
that into a diagnostic at the right place, minding what records accept.
"""
