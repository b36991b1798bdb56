"""The cross-checks: each a small named function that takes one record, or the dossier, and yields findings.

A check words nothing and knows no lines: it names the code, the brief and the path, and `run.py` turns
that into a diagnostic at the right place, minding what records accept. What a check of one record finds depends on
that record, on what it names and on which briefs there are, so a build may keep it until one of these changes.
"""
