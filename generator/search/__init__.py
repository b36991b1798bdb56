"""The search index: `entries.py` what there is to find, `files.py` the files that the client loads, `words.py` the rule
of how words are compared."""

from generator.search.entries import Entry, EntryMaker
from generator.search.files import index_files

__all__ = ["Entry", "EntryMaker", "index_files"]
