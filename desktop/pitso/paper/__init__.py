"""Documents and charts: plain view values in, PDF or SVG bytes out."""
