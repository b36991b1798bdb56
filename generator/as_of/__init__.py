"""How everything stood on any day, and what was known of it by then.

`clocks.py` has the rules of time, `day.py` how a record stands to the dossier's day, `provisions.py` how paragraphs and
time limits stand and why. `matters.py` is what changes with time, `answers.py` how each of these stood on a day,
`changes.py` what differs between two days, `moves.py` on which days a matter changed.
"""
