"""What an article says about itself: title, authors, dates, section, language, each with its proof."""
