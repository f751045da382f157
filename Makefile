# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000

# Passes the installer's work on: uv where it is found, pip everywhere else.
define install
	@if command -v uv >/dev/null 2>&1; then \
		test -d $(VENV) || uv venv -q --python $(PYTHON) $(VENV); \
		uv pip install -q --python $(BIN)/python --require-hashes -r $(1); \
	else \
		test -d $(VENV) || $(PYTHON) -m venv $(VENV); \
		$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(1); \
	fi
	@touch $@
endef

.PHONY: help demo install test check lock chromium bench

help:
	@echo "make demo    install, create accounts, load the demo articles, serve on http://127.0.0.1:$(PORT)"
	@echo "make test    install and run all tests, browser tests included"
	@echo "make check   linters, types, migrations, deployment checks"
	@echo "make bench   speed, in figures and ratios"
	@echo "make lock    pin the dependencies anew"

$(VENV)/.installed: requirements.txt
	$(call install,requirements.txt)

$(VENV)/.installed-dev: requirements.txt requirements-dev.txt
	$(call install,requirements-dev.txt)

install: $(VENV)/.installed

demo: $(VENV)/.installed
	@DEBUG=1 $(BIN)/python manage.py demo --serve --port $(PORT)

# Chromium is a package of the system: installed where we may, asked for where we may not.
chromium:
	@command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get -qq update && apt-get -qq install -y chromium >/dev/null; } || \
	{ echo "The browser tests drive Chromium. Install it (Debian: apt-get install chromium), then run make test again."; exit 1; }

test: $(VENV)/.installed-dev chromium
	@$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	DEBUG=1 $(BIN)/python manage.py makemigrations --check --dry-run
	SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(60))") ALLOWED_HOSTS=news.example \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

bench: $(VENV)/.installed-dev
	DEBUG=1 $(BIN)/python -m tests.benchmarks

lock: $(VENV)/.installed-dev
	$(BIN)/python -m pip install -q pip-tools
	for name in requirements requirements-dev; do $(BIN)/pip-compile -q --upgrade --generate-hashes --strip-extras \
		--allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
		--no-header -o $$name.txt $$name.in; done
