"""HTTP: load through one door, bind a form, call one action, answer."""
