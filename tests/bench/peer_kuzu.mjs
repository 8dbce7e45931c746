// SPDX-License-Identifier: MIT
//
// The peer's side of tests/bench/run: Kuzu on the same files, each job a process of its own.
//
//   node peer_kuzu.mjs import FOLDER DATABASE       actors.csv and relationships.csv into a new database
//   node peer_kuzu.mjs path DATABASE FROM TO        the length of a shortest path, in either direction
//   node peer_kuzu.mjs two-hops DATABASE ACTOR      distinct actors within two steps, in either direction
//
// $KUZU is a folder in which `npm install kuzu` was run.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const kuzu = createRequire(join(process.env.KUZU ?? process.cwd(), 'package.json'))('kuzu');
const [job, ...words] = process.argv.slice(2);

async function ask(path, statements) {
    const connection = new kuzu.Connection(new kuzu.Database(path));
    let rows = [];
    for (const [text, parameters] of statements) {
        const prepared = await connection.prepare(text);
        rows = await (await connection.execute(prepared, parameters ?? {})).getAll();
    }
    return rows;
}

const jobs = {
    import: ([folder, database]) => ask(database, [
        ['CREATE NODE TABLE Actor(id STRING PRIMARY KEY, type STRING, name STRING, country STRING, founded INT64)'],
        ['CREATE REL TABLE Tie(FROM Actor TO Actor, type STRING, date DATE, amount DOUBLE, confidence DOUBLE)'],
        [`COPY Actor FROM '${folder}/actors.csv' (HEADER=true)`],
        [`COPY Tie FROM '${folder}/relationships.csv' (HEADER=true)`],
    ]),
    path: ([database, from, to]) => ask(database, [
        ['MATCH p = (a:Actor {id: $from})-[:Tie* SHORTEST 1..30]-(b:Actor {id: $to}) RETURN length(p)', { from, to }],
    ]),
    'two-hops': ([database, actor]) => ask(database, [
        ['MATCH (a:Actor {id: $actor})-[:Tie*1..2]-(b:Actor) WHERE b.id <> $actor RETURN count(DISTINCT b.id)', { actor }],
    ]),
};
if (!(job in jobs)) {
    console.error('peer_kuzu.mjs import|path|two-hops ...');
    process.exit(2);
}
console.log(JSON.stringify(await jobs[job](words)));
process.exit(0);  // the library keeps threads
