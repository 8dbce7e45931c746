RETURN 1 AS one;

MATCH (a)
RETURN nothing;
RETURN 2 AS two;
