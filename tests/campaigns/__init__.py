"""Long campaigns against what may happen to a PC: `make crash` and `make fuzz`.

Each part is one scenario that is played from a seed. `make test` plays a few seeds of each, these commands as many as
one likes.
"""
