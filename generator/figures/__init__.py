"""Figures: small pure functions, plain values in, the text of an SVG element out.

They know nothing of dossiers and pages. Each figure has a title, a description and a `prefix` for its ids, and the page
says the same in words beside it. Sizes of text and lines are set here, since the layout rests on them; colours are
`figures.css`.
"""
