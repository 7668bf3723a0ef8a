"""What few numbers can tell: shares and means with their ranges, effects, rankings, and whether percentages come true."""
