"""Two dossiers compared: what changed between them, in the words of the field and not of the file.

The way through: `sameness` says when two values say the same, `matching` finds what belongs together,
`differences` walks both dossiers to a tree of plain `changes`; `positions`, `provisions`, `contested`, `days`,
`editions`, `balance`, `releases`, `mirrors` and `questions` say what the changes mean; `report` puts it all
in order and `markdown` into words.
"""
