"""How everything stood on any day, and what was known of it by then.

`clocks.py` has the rules of time, `matters.py` what changes with time, `answers.py` how each of these stood on a day,
`changes.py` what differs between two days, `moves.py` on which days a matter changed.
"""
