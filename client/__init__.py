"""The Qt desktop app, laid out by the rooms of a school's work; what travels and what it means is in `sync`."""
