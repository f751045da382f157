"""What each block is, and why: kinds, words as data, rules."""
