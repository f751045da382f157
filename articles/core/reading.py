"""read(scraped, memory) -> Reading: the one place that knows the order of the steps."""
