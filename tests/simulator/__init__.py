"""Many invented days of a school, each in a second: devices, one server, and everything that goes wrong between them.

`steps` says what can happen, `deeds` does it, `town` is the school and `wire` the network; `world` plays a day on real
stores and a real server's storage; `oracle` remembers what truly happened, `promises` holds it against what is held.
"""
