"""Devices that were lost, are given back or have to be stopped: orders, their carrying out, and what was on them."""
