"""Packs a built site into one file that can be mailed or carried: unpacked, it opens without a server."""

from __future__ import annotations

import zipfile
from pathlib import Path

from generator.files.writing import whole

# The same bytes on every day: the earliest time that the format knows.
_TIME = (1980, 1, 1, 0, 0, 0)


def pack(site: Path, target: Path) -> int:
    """Write every file of a site, in order of names and below a folder of the target's name; returns how many.

    `site` is one that was built with the plugin's option `offline`, whose links lead to files.
    """
    files = sorted(path for path in site.rglob("*") if path.is_file())
    with whole(target) as written, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bundle:
        for path in files:
            entry = zipfile.ZipInfo(f"{target.stem}/{path.relative_to(site).as_posix()}", _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            bundle.writestr(entry, path.read_bytes())
    return len(files)
