"""Bundles and keys: bytes in, operations out."""
