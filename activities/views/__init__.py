"""The pages of what is offered: calendar, list, activity, plan, partners and their projects."""
