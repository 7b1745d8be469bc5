"""What board and school have set: terms, symbols, letters, codes, rules, and which of them holds."""
