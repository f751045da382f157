"""What people send us, checked. Forms know words and numbers; what they mean is decided in ``actions``."""
