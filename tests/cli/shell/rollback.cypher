BEGIN;
CREATE (:Person {name: 'Nobody'});
MATCH (a {name: 'Nobody'}) RETURN count(*) AS before;
ROLLBACK;
MATCH (a {name: 'Nobody'}) RETURN count(*) AS after;
