"""Speed, in figures and ratios against a baseline of the same run. Never part of a test: machines are noisy."""
