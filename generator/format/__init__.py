"""The canonical format of content files: found, and mended by its place."""
