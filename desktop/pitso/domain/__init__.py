"""What is true of engagements, ratings, rolls and ballots: frozen values and pure functions."""
