"""Elections: what leads from adopted rules to a declared result, as pure functions over frozen values."""
