// two questions
MATCH (a:Company) RETURN count(*) AS companies;
MATCH (a:Person) RETURN count(*) AS persons;
