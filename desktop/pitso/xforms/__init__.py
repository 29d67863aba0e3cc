"""The offline form engine: XLSForm to XForm to a session that is being filled."""
