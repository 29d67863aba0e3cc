"""What Pitso must reach, as ratios measured in the same run. Never asserted: a table for a person to read."""
