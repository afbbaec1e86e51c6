"""Values to claims: events, statements, figures."""
