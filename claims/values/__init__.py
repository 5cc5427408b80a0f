"""What one source can say about one thing: quantities, dates, places, categories, texts."""
