"""Tests of the recipe: `python3 -m unittest discover -t . -s pretraining/tests`."""
