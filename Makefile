# Keyaki's commands. Each sets up what it needs first; installer/bootstrap.py says how, and runs on Windows too.
PYTHON ?= python3
COMMANDS := setup run test check tour bench simulate crash fuzz translate package lock

.PHONY: $(COMMANDS)
$(COMMANDS):
	@$(PYTHON) installer/bootstrap.py $@ $(ARGS)
