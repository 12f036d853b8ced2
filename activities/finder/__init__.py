"""Finding: what a visitor chose, what of all that is on offer suits it, and how much each other choice would leave."""
