"""The demo articles: invented news in every state that a scraper leaves it in; articles.json gives their order."""
