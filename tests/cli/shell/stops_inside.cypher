BEGIN
CREATE (:Person {name: 'Left'}); RETURN nothing;
