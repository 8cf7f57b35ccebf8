# The commands of this project. Each sets up what is missing first.
PY := .venv/bin/python
.PHONY: setup run test check lint pictures bench monkey messages rules clean

setup:
	@./scripts/setup.sh

run: setup        ## terminal, center and simulated devices: interactive with a display, else the scripted citizens
	@$(PY) -m demo

test: setup       ## all tests
	@$(PY) -m pytest

lint: setup
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m mypy
	@.venv/bin/lint-imports
	@$(PY) scripts/one_build.py
	@$(PY) scripts/rules.py --check

check: lint test  ## exactly what CI runs

pictures: setup   ## every screen in every state, every step of every journey, every page of the center, into out/pictures/ (CI: less)
	@$(PY) -m screens.gallery --out out/pictures
	@$(PY) -m demo.fault_pictures --out out/pictures/faults
	@$(PY) -m demo.typing_pictures --out out/pictures/typing
	@$(PY) -m demo.journey_pictures --out out/pictures/journeys $(if $(CI),--short)
	@$(PY) -m tests.center.pictures --out out/pictures $(if $(CI),--short)

bench: setup      ## measures; asserts nothing
	@$(PY) -m demo.bench

monkey: setup     ## real touches by chance before a whole terminal: 30 visits, 2,000 touches (tests do 6 and 250)
	@MONKEY_LONG=1 $(PY) -m pytest -q -s -n 0 tests/ui/test_monkey.py

messages: setup   ## texts of the terminal for translators
	@.venv/bin/pybabel -q extract -k t -k noted -o assets/locale/kiosk.pot --no-location --sort-output --omit-header kiosk

rules: setup      ## docs/rules.md: each rule with its code and its tests
	@$(PY) scripts/rules.py

clean:
	@rm -rf out var build *.egg-info .mypy_cache .ruff_cache .pytest_cache
