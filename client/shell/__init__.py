"""The frame around the pages: window, look, words, messages, tasks. It knows pages and never a school.

Nothing here is a singleton: `client/app.py` builds each part once and hands it over. What the frame needs to know of
the school (words of an error, sentences of the status line, the pages themselves) is handed in.
"""
