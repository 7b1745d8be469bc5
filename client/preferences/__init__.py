"""設定 (S22): how this PC speaks and looks to whoever works on it; what belongs to the school is no preference."""
