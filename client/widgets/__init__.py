"""Widgets that know no school: they are handed words, values and states, and say by signals what a person did.

Everything that paints reads colours, fonts and sizes from `ink.look()` at the moment of painting. A change of theme
or text size is therefore one StyleChange sent to every widget (`client.shell.look`), and a change of language is Qt's
LanguageChange: words handed in as functions are asked again. No widget keeps a colour.

Each widget has a page in the gallery (`python -m tests.tour.gallery`), in both themes and three text sizes.
"""
