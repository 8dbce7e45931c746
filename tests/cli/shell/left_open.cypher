RETURN 1 AS one;
BEGIN;
CREATE (:Person {name: 'Left'});
