"""What is offered, for other programs: calendars, feed readers, search engines. The same audience as the pages."""
