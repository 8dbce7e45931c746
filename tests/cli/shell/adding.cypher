// what is only added is indexed when it is looked for
BEGIN;
CREATE (:Person {name: 'Nova One'});
UNWIND ['Nova Two', 'Nova Three'] AS n CREATE (:Person {name: n})-[:MEETING]->(:Star);
MATCH (a {name: 'Nova Two'})-[:MEETING]->(b:Star) RETURN a.name, labels(b);
CREATE (:Person {name: 'Nova Two'});
CREATE (:Person {name: 1 / 0});
