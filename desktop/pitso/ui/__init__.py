"""Screens and their parts, the theme and the desk that every deed passes."""
