"""ちがいの確認 (S18): two people changed one field; both values are kept until a person has decided.

Nothing is chosen beforehand and nothing is thrown away: whatever is decided, both values stay in the history. What a
field is about, and how values and people are called, is asked of `syncing`.
"""
