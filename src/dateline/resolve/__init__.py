"""Words to values: times, places, actors."""
