:param {y: 6, x: 'a'}
.param z => [1, 2]
.param y
.param
RETURN $y + size($z) AS sum;
.tables
.schema
.output answers.txt
RETURN 'in the file' AS where;
.output
RETURN 'here again' AS where;
.read more.cypher
