"""S21 この端末: what lies on this PC, how old and how well kept it is, and what is put away from it.

How a moment is said and what scopes hold is asked of `syncing`.
"""
