"""How the built-in backbone is trained, judged and exported. See README.md beside this file."""
