begin;
CREATE (:Person {name: 'Eva'});
CREATE (:Person {name: 'Finn'});
commit;
MATCH (a:Person) RETURN count(*) AS persons;
