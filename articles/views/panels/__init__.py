"""What the larger panels of the review page show."""
