"""Parts that pages are built from: words, buttons, fields, rows, cards, bars."""
