RETURN 1 AS one;
RETURN $missing
  AS never;
