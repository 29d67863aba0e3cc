"""ODK's dialect of XPath: from text to closures over the nodes of a record."""
