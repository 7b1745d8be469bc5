"""あとから届いた変更: edits that came after their author's duty had ended, for whoever decides for the school.

What a field is about, and how values and people are called, is asked of `syncing`, where their author hears the answer.
"""
