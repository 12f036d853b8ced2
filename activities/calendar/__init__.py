"""The calendar: a month as a grid, a week, and the days of a month one below the other."""
