"""What scrapers talk to: JSON, tokens, problems as RFC 9457. No session, no cookie, no form."""
