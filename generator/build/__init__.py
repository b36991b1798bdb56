"""One build of a site: what is made anew, what is taken over from earlier ones, and what is written."""

from generator.build.kept import Memory
from generator.build.last_site import LastSite
from generator.build.one_build import CACHE_VARIABLE, Build, cache_folder

__all__ = ["CACHE_VARIABLE", "Build", "LastSite", "Memory", "cache_folder"]
