"""Everything a person can do to an article. One function, one transaction, one permission check, one log entry."""
