"""The papers, one module each: a frozen view value and a language in, PDF bytes out."""
