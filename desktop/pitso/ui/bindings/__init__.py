"""Bindings: one for each page; they read its view from a service and turn its signals into deeds."""
