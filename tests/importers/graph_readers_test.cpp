// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "support.hpp"

using namespace entente::importers;

TEST_CASE("GraphML as yEd, igraph, NetworkX and Neo4j write it") {
    CHECK(graph("graphml", R"(<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
  <key for="port" id="d0" yfiles.type="portgraphics"/><key attr.name="url" attr.type="string" for="node" id="d1"/>
  <key for="node" id="d2" yfiles.type="nodegraphics"/><key for="edge" id="d3" yfiles.type="edgegraphics"/>
  <graph edgedefault="directed" id="G"><data key="d9"/>
    <node id="n0"><data key="d1"/><data key="d2"><y:ShapeNode><y:Geometry height="30.0"/><y:NodeLabel>Ann
</y:NodeLabel><y:NodeLabel>two</y:NodeLabel></y:ShapeNode></data><port name="p"/></node>
    <node id="n1" yfiles.foldertype="group"><data key="d2"><y:ShapeNode/></data><graph id="n1:"><node id="n1::n0"/></graph></node>
    <edge id="e0" source="n0" target="n1" sourceport="p"><data key="d3"><y:PolyLineEdge><y:EdgeLabel>owns</y:EdgeLabel></y:PolyLineEdge></data></edge>
    <hyperedge><endpoint node="n0"/></hyperedge>
  </graph></graphml>)") ==
          "actor key=n0 name='Ann' url=''\nactor key=n1 yfiles.foldertype='group'\nactor key=n1::n0\nn0 -LINKED-> n1 directed label='owns'\n"
          "note t: not read: further labels of a thing (1)\nnote t: not read: hyperedges (1)\nnote t: not read: ports (1)\nnote t: not read: ports of edges (1)\n"
          "note t: not read: values of the graph itself (1)\nnote t: not read: values that say how something is drawn, but what is written on it (3)\n"
          "note t: graphs inside nodes; what is in them was read like everything else (1)\n");
    CHECK(graph("graphml", R"(<graphml><key id="v_name" for="node" attr.name="name" attr.type="string"/><key id="e_w" for="edge" attr.name="weight" attr.type="double"/>
<key id="g" for="graph" attr.name="note" attr.type="string"/><graph edgedefault="undirected"><data key="g">n</data><node id="n0"><data key="v_name">A</data></node>
<node id="n1"><data key="v_name">B</data></node><edge source="n0" target="n1"><data key="e_w">2</data></edge></graph></graphml>)") ==
          "actor key=n0 name='A'\nactor key=n1 name='B'\nn0 -LINKED-> n1 undirected weight=2.0\nnote t: not read: values of the graph itself (1)\n");
    // one name, two kinds; a number of an edge is not its id; values before their key
    CHECK(graph("graphml", R"(<graphml><key id="d0" for="node" attr.name="x" attr.type="long"/><key id="d1" for="node" attr.name="x" attr.type="string"/>
<graph edgedefault="directed"><node id="1"><data key="d0">5</data></node><node id="2"><data key="d1">y</data><data key="d7">7</data></node>
<edge id="0" source="1" target="2"/><edge id="own-1" source="1" target="2" label="OWNS"/></graph></graphml>)") ==
          "actor key=1 x='5'\nactor key=2 d7=7 x='y'\n1 -LINKED-> 2 directed\n1 -OWNS-> 2 id=own-1 directed\n"
          "note t: keys that are not declared before their values; the kinds of these were found (1)\n");
    CHECK(graph("graphml", R"(<graphml><graph edgedefault="directed"><node id="1" labels=":Person:Actor"><data key="labels">:Person:Actor</data></node></graph></graphml>)")
              .starts_with("actor key=1 :Person :Actor"));
}

TEST_CASE("GraphML that cannot be taken is refused where it stands, or left out") {
    const std::string bad =
        "<graphml><key id='d' for='node' attr.name='n' attr.type='int'/><graph>\n<node id='a'><data key='d'>x</data></node>\n<node id='b'/></graph></graphml>";
    CHECK(graph("graphml", bad) == "! t:2:1: n: 'x' is not an integer of 64 bits");
    Asked skip;
    skip.skip_errors = true;
    CHECK(graph("graphml", bad, skip) == "actor key=b\nrejected 2:1: n: 'x' is not an integer of 64 bits <key=a n=x>\n");
    CHECK(graph("graphml", "<graphml><graph><node/></graph></graphml>") == "! t:1:17: a node without id");
    CHECK(graph("graphml", "<graphml><graph><edge source='a'/></graph></graphml>") == "! t:1:17: an edge without target");
    CHECK(graph("graphml", "<graphml><key id='d' for='edge' attr.name='n'/><graph>\n<node><data key='d'>x</data></node>\n<node id='a'/>\n"
                           "<edge source='a'><data key='d'>x</data></edge>\n<edge source='a' target='a'/></graph></graphml>", skip) ==
          "actor key=a\na -LINKED-> a directed\nrejected 2:1: a node without id <>\nrejected 4:1: an edge without target <from=a>\n");
    CHECK(graph("graphml", "<graphml><graph></graphml>").starts_with("! t:1:19: this is no XML: mismatched tag"));
    CHECK(graph("graphml", "<svg/>").starts_with("! t:1:1: no GraphML: it begins with <svg>"));
}

TEST_CASE("GEXF: times become dates") {
    CHECK(graph("gexf", R"(<gexf><graph mode="dynamic" timeformat="date" defaultedgetype="directed"><nodes>
<node id="a" label="A" start="2009-03-01" end="2009-03-10"/>
<node id="b"><spells><spell start="2009-01-01" end="2009-02-01"/><spell start="2009-05-01"/></spells></node></nodes><edges>
<edge id="0" source="a" target="b" start="2009-03-01T10:00:00" endopen="2009-03-05"/>
<edge id="r" source="a" target="b"><spells><spell start="2009-01-01" end="2009-01-31"/><spell timestamp="2009-02-03"/></spells></edge></edges></graph></gexf>)") ==
          "actor key=a endDate=2009-03-10d name='A' startDate=2009-03-01d\n"
          "actor key=b spells=[\"2009-01-01..2009-02-01\",\"2009-05-01..\"] startDate=2009-01-01d\n"
          "a -LINKED-> b directed endDate=2009-03-04d startDate=2009-03-01d\n"
          "a -LINKED-> b id=r directed endDate=2009-01-31d startDate=2009-01-01d\n"
          "a -LINKED-> b id=r/2 directed endDate=2009-02-03d startDate=2009-02-03d\n"
          "note t: not read: times of day (1)\nnote t: edges of several times, which became a relationship for each (1)\n");
    CHECK(graph("gexf", R"(<gexf><graph timeformat="double"><attributes class="node" mode="dynamic"><attribute id="s" title="score" type="integer"/></attributes>
<attributes class="edge" mode="dynamic"><attribute id="w" title="Weight" type="float"/></attributes><nodes><node id="a" start="2004.0" end="2006.0"><attvalues>
<attvalue for="s" value="1" start="2004.0" endopen="2005.0"/><attvalue for="s" value="3" start="2005.0" end="2006.0"/></attvalues></node><node id="b"/></nodes>
<edges><edge source="a" target="b" start="2004.0"><attvalues><attvalue for="w" value="1.5" start="2004.0" endopen="2005.0"/><attvalue for="w" value="2" start="2005.0"/></attvalues></edge></edges></graph></gexf>)") ==
          "actor key=a endDate=2006d score=3 score over time=[\"2004: 1\",\"2005..2006: 3\"] startDate=2004d\nactor key=b\n"
          "a -LINKED-> b directed Weight=1.5 endDate=2004d startDate=2004d\na -LINKED-> b directed Weight=2.0 startDate=2005d\n"
          "note t: edges of several times, which became a relationship for each (1)\n");
    CHECK(graph("gexf", R"(<gexf><graph timeformat="double"><nodes><node id="a" start="3.5"/></nodes></graph></gexf>)") ==
          "actor key=a start=3.5\nnote t: times that are no dates, kept in the properties start and end (1)\n");
}

TEST_CASE("GEXF: what an edge calls itself is its type") {
    const auto edge = [](const std::string& attributes, const std::string& values = {}) {
        return graph("gexf", "<gexf><graph defaultedgetype='directed'><attributes class='edge'><attribute id='0' title='type' type='string'/></attributes>"
                             "<nodes><node id='a'/></nodes><edges><edge source='a' target='a' " + attributes + ">" + values + "</edge></edges></graph></gexf>");
    };
    const std::string note = "note t: edges whose `type` is none of GEXF's words for directions, which became the type of their relationships (1)\n";
    CHECK(edge("type='OWNERSHIP'") == "actor key=a\na -OWNERSHIP-> a directed\n" + note);
    CHECK(edge("type='OWNERSHIP' kind='CONTROL'") == "actor key=a\na -CONTROL-> a directed type='OWNERSHIP'\n" + note);
    CHECK(edge("type='OWNERSHIP'", "<attvalues><attvalue for='0' value='DEBT'/></attvalues>") == "actor key=a\na -DEBT-> a directed type='OWNERSHIP'\n" + note);
    CHECK(edge("type='Undirected'") == "actor key=a\na -LINKED-> a undirected\n");
    CHECK(edge("type='mutual'") == "actor key=a\na -LINKED-> a undirected\n");
}

TEST_CASE("GEXF: the life of an edge stays, and an end before its start") {
    const auto edge = [](const std::string& life, const std::string& value) {
        return graph("gexf", "<gexf><graph defaultedgetype='directed' timeformat='integer' mode='dynamic'><attributes class='edge' mode='dynamic'>"
                             "<attribute id='w' title='W' type='float'/></attributes><nodes><node id='a'/></nodes><edges><edge id='r' source='a' target='a' " +
                                 life + "><attvalues>" + value + "</attvalues></edge></edges></graph></gexf>");
    };
    const std::string note = "note t: edges of several times, which became a relationship for each (1)\n";
    CHECK(edge("start='2000' end='2020'", "<attvalue for='w' value='3' start='2005' end='2006'/>") ==
          "actor key=a\na -LINKED-> a id=r directed endDate=2020d startDate=2000d\na -LINKED-> a id=r/2 directed W=3.0 endDate=2006d startDate=2005d\n" + note);
    CHECK(edge("start='2000' end='2001'", "<attvalue for='w' value='3' start='2001' end='2001'/><attvalue for='w' value='2' start='2000' end='2000'/>") ==
          "actor key=a\na -LINKED-> a id=r directed W=3.0 endDate=2001d startDate=2001d\na -LINKED-> a id=r/2 directed W=2.0 endDate=2000d startDate=2000d\n" + note);
    CHECK(edge("start='2000' end='2001'", "<attvalue for='w' value='3' start='2000' end='2001'/>") ==
          "actor key=a\na -LINKED-> a id=r directed W=3.0 endDate=2001d startDate=2000d\n");
    CHECK(edge("start='2000'", "<attvalue for='w' value='3' start='2000' end='2001'/>") ==
          "actor key=a\na -LINKED-> a id=r directed startDate=2000d\na -LINKED-> a id=r/2 directed W=3.0 endDate=2001d startDate=2000d\n" + note);
    CHECK(edge("start='2020' end='2010'", "") == "actor key=a\na -LINKED-> a id=r directed endDate=2010d startDate=2020d\n");
    CHECK(edge("start='2010' endopen='2010'", "") == "actor key=a\na -LINKED-> a id=r directed endDate=2010d startDate=2010d\n");
}

TEST_CASE("GEXF and GML: edges that lack an end can be left out") {
    Asked skip;
    skip.skip_errors = true;
    CHECK(graph("gexf", "<gexf><graph><nodes><node id='a'/></nodes><edges>\n<edge source='a'><attvalues><attvalue for='w' value='1'/></attvalues></edge>\n"
                        "<edge source='a' target='a'/></edges></graph></gexf>", skip) ==
          "actor key=a\na -LINKED-> a directed\nrejected 2:1: an edge without target <from=a>\n");
    CHECK(graph("gml", "graph [ node [ id 1 ]\nnode [ label \"x\" ]\nedge [ source 1 ]\nedge [ source 1 target 1 ] ]", skip) ==
          "actor key=1\n1 -LINKED-> 1 undirected\nrejected 2:1: a node without id < label \"x\" ]>\nrejected 3:1: an edge without target < source 1 ]>\n");
}

TEST_CASE("GML, DOT and Pajek in other people's hands") {
    CHECK(graph("gml", "graph [ node [ id 0 label 5 graphics [ x 1.0 fill \"#fff\" ] tag 1 tag 2 key \"C\" ] edge [ source 0 target 0 id 3 from \"x\" value 1e3 ] ]") ==
          "actor key=5 graphics.fill='#fff' graphics.x=1.0 key='C' name='5' tag=[1,2]\n5 -LINKED-> 5 undirected from='x' value=1000.0\n");
    CHECK(graph("gml", "graph [ node [ label \"a\" ] ]").starts_with("! t:1:9: a node without id"));
    CHECK(graph("gml", "graph [ node [ id 1 ]").starts_with("! t:1:22: the text ends inside the graph, expected ]"));
    CHECK(graph("dot", "digraph { edge [dir=back]; a -> b -> c; a -> {d e} [dir=both label=\"x\\ny\"] }") ==
          "actor key=a\nactor key=b\nactor key=c\nactor key=d\nactor key=e\nb -LINKED-> a directed\nc -LINKED-> b directed\n"
          "a -LINKED-> d undirected label='x y'\na -LINKED-> e undirected label='x y'\n");
    CHECK(graph("dot", "strict graph { a -- b [x=1]; b -- a [label=y]; a -- b }") ==
          "actor key=a\nactor key=b\na -LINKED-> b undirected label='y' x=1\n");
    CHECK(graph("?", "strict digraph G {\n\tgraph [bb=\"0\"];\n a -> b;}").starts_with("actor key=a\nactor key=b\na -LINKED-> b directed\n"));
    CHECK(graph("?", "Creator \"x\"\nVersion 1\ngraph [ node [ id 1 ] ]") == "actor key=1\n");
    CHECK(graph("dot", "graph { a -- }").starts_with("! t:1:14: expected the node that the edge goes to"));
    CHECK(graph("dot", "graph { a [b=\"c }").starts_with("! t:1:14: a quote opens here"));
    CHECK(graph("pajek", "*Vertices 4 2\n1 \"A\"\n*Edgeslist\n1 2 3\n*Arcs\n1 4 2.5 c Blue\n") ==
          "actor key=A mode=1 name='A'\nactor key=2\nactor key=3\nactor key=4\nA -LINKED-> 2 undirected\nA -LINKED-> 3 undirected\nA -LINKED-> 4 directed weight=2.5\n"
          "note t: not read: colours and shapes of drawing (1)\n");
    CHECK(graph("pajek", "*Vertices 2\n*Matrix\n0 1\n0.5 0\n*Partition Side of the house\n*Vertices 2\n1\n2\n") ==
          "actor key=1 Side of the house=1\nactor key=2 Side of the house=2\n1 -LINKED-> 2 directed weight=1\n2 -LINKED-> 1 directed weight=0.5\n");
    CHECK(graph("pajek", "*Vertices 2\n1 \"A\" 0.1 0.2 ellipse x_fact 2 y_fact 3 [1-5]\n2 \"B\" box ic Red [2] born 1970\n") ==
          "actor key=A name='A' time='[1-5]'\nactor key=B born=1970 name='B' time='[2]'\nnote t: not read: positions, shapes and colours of drawing (6)\n");
    CHECK(graph("pajek", "*Vertices 2\n1 \"A\n") == "! t:2:3: a quote opens here and is not closed in its line");
    CHECK(graph("pajek", "*Vertices 2\n*Arcs\n1 3\n") == "! t:3:1: there is no vertex 3, *Vertices told of 2");
}

TEST_CASE("nodes that a file numbers go by their labels") {
    CHECK(graph("gml", "graph [ node [ id 0 label \"Anna\" ] node [ id 7 label \"Anna\" ] node [ id 3 ] node [ id 4 name \"Bo\" ] edge [ source 7 target 3 ] edge [ source 0 target 4 ] ]") ==
          "actor key=Anna name='Anna'\nactor key=Anna#7 name='Anna'\nactor key=3\nactor key=Bo name='Bo'\nAnna#7 -LINKED-> 3 undirected\nAnna -LINKED-> Bo undirected\n"
          "note t: nodes whose label is another's too; their keys end in # and their number (1)\n");
    // edges may stand before their nodes; a number without label is not taken for the label of another
    CHECK(graph("gml", "graph [ edge [ source 0 target 1 ] node [ id 0 label \"1\" ] node [ id 1 ] ]") ==
          "actor key=1 name='1'\nactor key=#1\n1 -LINKED-> #1 undirected\n"
          "note t: nodes whose label is another's too; their keys end in # and their number (1)\n");
    CHECK(graph("pajek", "*Vertices 2\n1 \"A\"\n2 \"A\"\n*Arcs\n1 2\n*Partition p\n*Vertices 2\n5\n6\n") ==
          "actor key=A name='A'\nactor key=A#2 name='A'\nactor key=A p=5\nactor key=A#2 p=6\nA -LINKED-> A#2 directed\n"
          "note t: nodes whose label is another's too; their keys end in # and their number (1)\n");
}

TEST_CASE("edge lists of SNAP and KONECT") {
    CHECK(graph("edges", "# Undirected graph: x.txt\n# FromNodeId\tToNodeId\n0\t1\n") == "0 -LINKED-> 1 undirected\n");
    CHECK(graph("edges", "% sym positive\n1 2 3 1082008561\n") ==
          "1 -LINKED-> 2 undirected date=2004-04-15d weight=3\nnote t: the last field is seconds since 1970 and became the day; times of day were not read\n");
    CHECK(graph("edges", "# Directed graph: x.txt\n0\t1\n") == "0 -LINKED-> 1 directed\n");
    CHECK(graph("edges", "% asym unweighted\n1 2\n") == "1 -LINKED-> 2 directed\n");
    CHECK(graph("edges", "# an undirected version of a directed graph\n1 2\n") == "1 -LINKED-> 2 undirected\n");
    CHECK(graph("edges", "% bip unweighted\n% 3 2 2\n1 1\n2 1\n2 2\n") ==
          "left/1 -LINKED-> right/1 undirected\nleft/2 -LINKED-> right/1 undirected\nleft/2 -LINKED-> right/2 undirected\n");
    CHECK(graph("edges", "1,2\n3,4\n") == "1 -LINKED-> 2\n3 -LINKED-> 4\n");
    CHECK(graph("edges", "1 2 {}\nann bo {}\n") == "1 -LINKED-> 2\nann -LINKED-> bo\n");
    CHECK(graph("edges", "1 2\n3\n") == "! t:2:1: one field, expected the two ends of an edge");
    const std::string lone = ": a carriage return inside the line, expected lines to end in LF or CRLF <- convert the file: tr '\\r' '\\n'";
    CHECK(graph("edges", "1 2\n2 3\r3 4\n") == "! t:2:1" + lone);
    CHECK(graph("edges", "# x\r1 2\n2 3\n") == "! t:1:1" + lone);
    CHECK(graph("edges", "1 2 \r\r\n2 3\r\n3 4\r") == "1 -LINKED-> 2\n2 -LINKED-> 3\n3 -LINKED-> 4\n");
    CHECK(graph("edges", "1 2 3 4 5\n").starts_with("! t:1:1: more than four fields"));
    Asked skip;
    skip.skip_errors = true;
    skip.with_lines = true;
    CHECK(graph("edges", "# c\n1 2\n3\n4 5\n", skip) == "2: 1 -LINKED-> 2\n4: 4 -LINKED-> 5\nrejected 3:1: one field, expected the two ends of an edge <3>\n");
}

TEST_CASE("node-link JSON by ids, by places and by nodes") {
    CHECK(graph("node-link", R"({"nodes":[{"name":"A","group":1},{"name":"B"}],"links":[{"source":1,"target":0,"value":2}]})") ==
          "actor key=0 group=1 name='A'\nactor key=1 name='B'\n1 -LINKED-> 0 value=2\n");
    CHECK(graph("node-link", R"({"directed":false,"nodes":[{"id":"a"},{"id":"b"}],"edges":[{"source":1,"target":0,"key":0},{"source":"a","target":{"id":"b"},"key":"k"}]})") ==
          "actor key=a\nactor key=b\nb -LINKED-> a undirected\na -LINKED-> b undirected key='k'\n");
    CHECK(graph("node-link", R"({"nodes":[{"id":"a"}],"links":[{"source":"a"}]})") == "! t:1:32: a link without target");
    CHECK(graph("node-link", R"({"nodes":[{"id":"a"}],"links":[{"source":5,"target":0}]})") == "! t:1:32: source: there is no node 5");
    Asked skip;
    skip.skip_errors = true;
    CHECK(graph("node-link", R"({"nodes":[{"id":"a"}],"links":[{"source":"a"},{"source":"a","target":"a"}]})", skip) ==
          "actor key=a\na -LINKED-> a\nrejected 1:32: a link without target <{\"source\":\"a\"}>\n");
    CHECK(graph("cytoscape", R"({"elements":[{"data":{"id":"a"}},{"group":"edges","data":{"id":"e","source":"a","target":"a"},"classes":"x"}]})") ==
          "actor key=a\na -LINKED-> a\nnote t: not read: members 'classes' of how an element is shown (1)\n");
}

TEST_CASE("tables for Neo4j") {
    CHECK(graph("neo4j", "personId:ID(Person),name,ages:int[],ok:boolean,:LABEL,junk:IGNORE\n7,'=A,1;2,true,P;Q,x\n") ==
          "actor key=Person/7 :P :Q ages=[1,2] name=''=A' ok=true personId=7\n");
    CHECK(graph("neo4j", ":START_ID(Person)|:END_ID(City)|:TYPE|since:datetime{timezone:Z}\n7|7|LIVES|2020-01-01T10:00Z\n") ==
          "Person/7 -LIVES-> City/7 since=2020-01-01T10:00Z\n");
    CHECK(graph("?", ":ID,name\n1,A\n") == "actor key=1 name='A'\n");
    // a column without a kind is text; lists of dates and points have no kind of ours
    CHECK(graph("neo4j", ":ID,code,amount,n:long,days:date[],at:point,on:date\n1,7,5,7,2020-01-01;2021-02-03,{x:1},2020-01-01\n") ==
          "actor key=1 amount='5' at='{x:1}' code='7' days=[\"2020-01-01\",\"2021-02-03\"] n=7 on=2020-01-01d\n"
          "note column 'days': values of the kind date[] are kept as texts\nnote column 'at': values of the kind point are kept as texts\n");
}
