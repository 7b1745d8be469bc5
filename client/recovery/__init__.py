"""復元の確認: what lies only in a journal on this PC, read by the school, and what of it is to come back."""
