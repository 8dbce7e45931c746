MATCH (a:Person)
RETURN a.name
ORDER BY a.name;
.param who 'Ada Lind'
.mode csv
MATCH (a {name: $who}) RETURN a, a.country; MATCH (a) RETURN count(*) AS actors;
.types
