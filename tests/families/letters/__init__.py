"""Tests of the letters, the calls and the calendar files of families."""
