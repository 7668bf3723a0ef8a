"""The health of a relationship: pure functions from evidence to a scorecard."""
