MATCH (a:Person)
RETURN count(a) AS persons; RETURN 1 AS one;

// the mistake stands in line 6

RETURN nothing;
