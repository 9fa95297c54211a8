"""Queries that use each part of SPARQL 1.1 over the shipped corpus, with one right answer each.

They avoid what the standard leaves open: the choice of SAMPLE, the order of GROUP_CONCAT, a LIMIT
without a total order. Where a query has ORDER BY, its order is total.
"""

HUNG_YEN = "<https://w3id.org/cancu/eli/vn/hung-yen/ubnd/kh/2025/44>"
_RDFS = "<http://www.w3.org/2000/01/rdf-schema#"
_LABEL = f"{_RDFS}label>"
_SUBCLASS = f"{_RDFS}subClassOf>"
_CONFIDENCE = "<http://www.w3.org/2005/11/its/rdf#taConfidence>"
_VALUE = "<http://purl.org/linked-data/sdmx/2009/measure#obsValue>"
_LEAD = "<https://w3id.org/cancu/code/role/lead>"

SELECTS: dict[str, str] = {
    # aggregates
    "count": "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?p) AS ?ps) { ?s ?p ?o }",
    "count of nothing": "SELECT (COUNT(?x) AS ?n) (SUM(?x) AS ?s) { ?x a cancu:Nothing }",
    "sum and mean of integers": """SELECT ?d (SUM(?o) AS ?sum) (AVG(?o) AS ?mean) {
        ?t a cancu:Task ; cancu:inDocument ?d ; cancu:order ?o } GROUP BY ?d""",
    "sum of decimals": f"SELECT (SUM(?v) AS ?sum) (MAX(?v) AS ?most) {{ ?t {_VALUE} ?v }}",
    "sum of distinct": f"SELECT (SUM(DISTINCT ?v) AS ?sum) {{ ?t {_VALUE} ?v }}",
    "least and greatest of doubles": f"""SELECT ?r (MIN(?c) AS ?least) (MAX(?c) AS ?most) {{
        ?e cancu:rule ?r ; {_CONFIDENCE} ?c }} GROUP BY ?r""",
    "least and greatest of days": """SELECT (MIN(?d) AS ?a) (MAX(?d) AS ?b) {
        ?x cancu:latestDate ?d }""",
    "least and greatest of texts": """SELECT ?d (MIN(?t) AS ?a) (MAX(?t) AS ?b) {
        ?x a cancu:Task ; cancu:inDocument ?d ; cancu:text ?t } GROUP BY ?d""",
    "least of many": "SELECT ?g (MIN(STR(?c)) AS ?a) { GRAPH ?g { ?s a ?c } } GROUP BY ?g",
    "having": """SELECT ?a (COUNT(DISTINCT ?t) AS ?n) { ?r cancu:ofTask ?t ; cancu:assignee ?a }
        GROUP BY ?a HAVING (COUNT(DISTINCT ?t) > 3)""",
    "group by an expression": """SELECT ?year (COUNT(*) AS ?n) { ?x cancu:latestDate ?d }
        GROUP BY (YEAR(?d) AS ?year)""",
    "group concat of one": """SELECT ?c (GROUP_CONCAT(?n; SEPARATOR=", ") AS ?all) {
        ?c skos:notation ?n ; skos:inScheme ?scheme } GROUP BY ?c ?scheme""",
    "an expression of aggregates": """SELECT ?d (COUNT(?l) * 10 > COUNT(*) AS ?many) {
        ?t a cancu:Task ; cancu:inDocument ?d . OPTIONAL { ?t cancu:hasDeadline ?l } }
        GROUP BY ?d""",
    # optional, minus, exists
    "optional": """SELECT ?t ?due ?lead { ?t a cancu:Task . OPTIONAL { ?t cancu:hasDeadline ?due }
        OPTIONAL { ?t cancu:leadAgency ?lead } }""",
    "optional inside": """SELECT ?t ?h ?day { ?t a cancu:Task
        OPTIONAL { ?t cancu:hasDeadline ?h OPTIONAL { ?h cancu:latestDate ?day } } }""",
    "optional with a filter on the outside": """SELECT ?t ?o ?h { ?t a cancu:Task ; cancu:order ?o
        OPTIONAL { ?t cancu:hasDeadline ?h FILTER(?o < 20) } }""",
    "optional, unbound": """SELECT ?t { ?t a cancu:IndicatorTarget
        OPTIONAL { ?t cancu:targetYear ?y } FILTER(!BOUND(?y)) }""",
    "minus": """SELECT ?t { ?t a cancu:Task MINUS { ?t cancu:statedIn ?s . ?s cancu:level 1 } }""",
    "minus with nothing in common": "SELECT ?t { ?t a cancu:Deadline MINUS { ?x a cancu:Task } }",
    "not exists": """SELECT ?t { ?t a cancu:Task
        FILTER NOT EXISTS { ?r cancu:ofTask ?t ; prov:hadRole ?role } }""",
    "exists and not exists": """SELECT ?d { ?d a cancu:Document
        FILTER EXISTS { ?t cancu:inDocument ?d ; cancu:hasDeadline ?h }
        FILTER NOT EXISTS { ?x cancu:inDocument ?d ; a cancu:Appendix } }""",
    "exists with a comparison outside": """SELECT ?t { ?t a cancu:Task ; cancu:order ?o
        FILTER EXISTS { ?t cancu:subTaskOf ?up . ?up cancu:order ?p FILTER(?p + 1 = ?o) } }""",
    "exists as a value": """SELECT ?t ?has { ?t a cancu:Task
        BIND(EXISTS { ?t cancu:hasDeadline ?h } AS ?has) }""",
    # property paths
    "sequence and inverse": """SELECT ?t ?f {
        ?t a cancu:Task ; cancu:inDocument/^eli:realizes/^eli:embodies/cancu:fileName ?f }""",
    "alternative": "SELECT ?a ?n { ?a a org:Organization ; skos:prefLabel|skos:altLabel ?n }",
    "one or more": "SELECT ?a ?b { ?a cancu:succeededBy+ ?b }",
    "none or more": f"""SELECT ?c ?up {{ ?c {_SUBCLASS}* ?up
        VALUES ?c {{ cancu:Task cancu:Unknown }} }}""",
    "none or one": f"SELECT ?c ?up {{ VALUES ?c {{ cancu:Task cancu:Gap }} ?c {_SUBCLASS}? ?up }}",
    "closure up to a constant": f"SELECT ?c {{ ?c {_SUBCLASS}* eli:LegalResource }}",
    "negated set": f"SELECT ?p ?o {{ {HUNG_YEN} !(a|cancu:implements) ?o ; ?p ?o }}",
    "path with a number of ways": f"""SELECT ?t ?x {{ ?t cancu:inDocument {HUNG_YEN} ;
        (cancu:leadAgency|cancu:supportAgency)/org:subOrganizationOf* ?x }}""",
    "closure joined on both sides": """SELECT ?a ?b { ?a cancu:succeededBy+ ?b .
        ?a dcterms:spatial ?place . ?b dcterms:spatial ?place }""",
    # groups, subqueries, data
    "union": """SELECT ?x ?n { { ?x a cancu:Province ; skos:prefLabel ?n FILTER(LANG(?n) = "vi") }
        UNION { ?x a cancu:Indicator ; skos:prefLabel ?n } }""",
    "union of unlike rows": """SELECT ?a ?b ?c { ?a a cancu:Deadline
        { ?a cancu:latestDate ?b } UNION { ?a cancu:deadlineValue ?c } }""",
    "subquery of a count": """SELECT ?d ?title ?n {
        { SELECT ?d (COUNT(*) AS ?n) { ?t a cancu:Task ; cancu:inDocument ?d } GROUP BY ?d }
        ?d dcterms:title ?title }""",
    "subquery with a limit": """SELECT ?t ?text {
        { SELECT ?t { ?t a cancu:Task } ORDER BY ?t LIMIT 7 } ?t cancu:text ?text }""",
    "subquery hides": """SELECT ?d ?t {
        { SELECT ?d { ?t a cancu:Document ; cancu:issuerText ?d } } }""",
    "greatest in each group": """SELECT ?d ?t ?most {
        { SELECT ?d (MAX(?o) AS ?most) { ?x a cancu:Task ; cancu:inDocument ?d ; cancu:order ?o }
          GROUP BY ?d }
        ?t a cancu:Task ; cancu:inDocument ?d ; cancu:order ?most }""",
    "values": """SELECT ?k ?t { ?t a ?k VALUES ?k { cancu:Deadline cancu:Gap cancu:Recipient } }""",
    "values of two columns with gaps": """SELECT ?t ?o ?k { ?t a ?k ; cancu:order ?o
        VALUES (?k ?o) { (cancu:Task UNDEF) (cancu:Recipient 1) (UNDEF 2) } }""",
    "values behind the group": f"""SELECT ?t ?o {{ ?t cancu:inDocument ?d ; cancu:order ?o }}
        VALUES ?d {{ {HUNG_YEN} <https://w3id.org/cancu/none> }}""",
    "values twice the same": "SELECT ?d { VALUES ?d { 1 1 } ?x a cancu:Document }",
    "values of numbers meet the same term only": """SELECT ?t ?o { VALUES ?o { 1 2.0 "3" 4 }
        ?t a cancu:Task ; cancu:order ?o }""",
    "bind": """SELECT ?t ?n { ?t a cancu:Task ; cancu:text ?text BIND(STRLEN(?text) AS ?n)
        FILTER(?n > 300) }""",
    "bind is not seen inside": """SELECT ?x ?y { BIND(1 AS ?x) { BIND(?x + 1 AS ?y) } }""",
    "filter holds for its group": """SELECT ?t ?o { ?t a cancu:Task FILTER(?o < 3)
        ?t cancu:order ?o }""",
    "an error leaves it unbound": """SELECT ?t ?y { ?t a cancu:Deadline
        BIND(YEAR(?t) AS ?y) }""",
    "cross product": "SELECT ?a ?b { ?a a cancu:Document . ?b a cancu:Document }",
    # distinct, order, limit
    "distinct": "SELECT DISTINCT ?c { ?s a ?c }",
    "order of numbers, then IRIs": """SELECT ?t ?v { ?t cancu:order ?v ; a cancu:Task }
        ORDER BY DESC(?v) ?t LIMIT 40 OFFSET 11""",
    "order of two keys": """SELECT ?t ?h { ?t a cancu:IndicatorTarget
        OPTIONAL { ?t cancu:targetYear ?y } BIND(COALESCE(STR(?y), "") AS ?h) } ORDER BY ?h ?t""",
    "order of Vietnamese letters": """SELECT DISTINCT ?n { ?a a org:Organization ;
        skos:prefLabel ?n FILTER(LANG(?n) = "vi") } ORDER BY STR(?n)""",
    "order of days": """SELECT ?h ?d { ?h cancu:latestDate ?d } ORDER BY DESC(?d) ?h""",
    "limit of nothing": "SELECT * { ?s ?p ?o } LIMIT 0",
    "offset past the end": "SELECT ?d { ?d a cancu:Document } ORDER BY ?d OFFSET 1000",
    # named graphs
    "graphs and their sizes": "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s a ?o } } GROUP BY ?g",
    "joined in one graph": """SELECT ?g ?t ?x { GRAPH ?g { ?t a cancu:Task ; cancu:hasDeadline ?h .
        ?h cancu:latestDate ?x } }""",
    "joined across graphs": """SELECT ?g ?h (COUNT(*) AS ?n) { GRAPH ?g { ?t cancu:leadAgency ?a }
        GRAPH ?h { ?a a org:FormalOrganization } } GROUP BY ?g ?h""",
    "a graph that is bound": """SELECT ?g ?s { VALUES ?g { <https://w3id.org/cancu/graph/register> }
        GRAPH ?g { ?s a org:ChangeEvent } }""",
    "not in that graph": """SELECT ?g ?t { GRAPH ?g { ?t a cancu:Task }
        FILTER NOT EXISTS { GRAPH ?g { ?t cancu:hasDeadline ?h } } }""",
    "a graph that is not there": "SELECT * { GRAPH <https://w3id.org/cancu/none> { ?s ?p ?o } }",
    "grouped by graph inside": """SELECT ?hit ?graph ?first {
        { SELECT ?hit ?graph (MIN(STR(?c)) AS ?first) {
            GRAPH ?graph { ?hit a ?c ; cancu:order ?o } } GROUP BY ?hit ?graph }
        ?hit cancu:inDocument ?d }""",
    # texts and languages
    "languages": "SELECT ?l (COUNT(*) AS ?n) { ?s skos:prefLabel ?o } GROUP BY (LANG(?o) AS ?l)",
    "one language": 'SELECT ?s ?n { ?s skos:prefLabel ?n FILTER(LANGMATCHES(LANG(?n), "EN")) }',
    "any language": 'SELECT ?s ?n { ?s skos:example ?n FILTER(LANGMATCHES(LANG(?n), "*")) }',
    "a text with its language": 'SELECT ?s ?p { ?s ?p "Tỉnh ủy"@vi }',
    "a text in other letters": 'SELECT ?s { ?s skos:prefLabel "Ti\u0309nh u\u0309y"@vi }',
    "case": """SELECT ?t (UCASE(?x) AS ?u) (LCASE(?x) AS ?l) {
        ?t a cancu:Recipient ; cancu:text ?x }""",
    "parts": """SELECT ?t (SUBSTR(?x, 3, 9) AS ?a) (STRBEFORE(?x, " ") AS ?b)
        (STRAFTER(?x, " ") AS ?c) (STRLEN(?x) AS ?n) { ?t a cancu:Task ; cancu:text ?x }""",
    "parts keep the language": """SELECT ?a (STRBEFORE(?n, " ") AS ?b) (STRAFTER(?n, "ỉ") AS ?c)
        (CONCAT(?n, ?n) AS ?d) { ?a a cancu:Province ; skos:prefLabel ?n }""",
    "contains": """SELECT ?t { ?t cancu:text ?x
        FILTER(CONTAINS(?x, "số hóa") || CONTAINS(?x, "SỐ")) }""",
    "expressions of patterns": r"""SELECT ?t (REPLACE(?x, "([0-9]+)/([0-9]+)", "$2-$1") AS ?y) {
        ?t cancu:text ?x FILTER(REGEX(?x, "\\bnăm [0-9]{4}\\b|ĐẢNG", "i")) }""",
    "combining marks are letters": """SELECT ?n (STRLEN(?n) AS ?l) (ENCODE_FOR_URI(?n) AS ?u) {
        VALUES ?n { "ủy" "u\u0309y" "Đ" "\U0001f600" } }""",
    "texts begin and end": """SELECT ?t { ?t cancu:text ?x
        FILTER(STRSTARTS(?x, "Đ") || STRENDS(?x, "tỉnh.")) }""",
    # numbers, days, terms
    "arithmetic": f"""SELECT ?t ?v (?v * 2 AS ?a) (?v / 4 AS ?b) (-?v AS ?c) (?v - 1 AS ?d) {{
        ?t {_VALUE} ?v }}""",
    "rounding": f"""SELECT ?t (ROUND(?v) AS ?a) (CEIL(?v) AS ?b) (FLOOR(?v) AS ?c)
        (ABS(-?v) AS ?d) {{ ?t {_VALUE} ?v }}""",
    "division": "SELECT (7 / 2 AS ?a) (1 / 0 AS ?b) (1.0 / 8 AS ?c) (6 / 3 AS ?d) {}",
    "numbers of three kinds are compared": f"""SELECT ?e {{ ?e {_CONFIDENCE} ?c
        FILTER(?c < 0.9 && ?c != 0.5 && ?c * 100 > 10) }}""",
    "years and months": """SELECT ?h (YEAR(?d) AS ?y) (MONTH(?d) AS ?m) (DAY(?d) AS ?n) {
        ?h cancu:latestDate ?d }""",
    "days are compared": 'SELECT ?h { ?h cancu:latestDate ?d FILTER(?d < "2026-01-01"^^xsd:date) }',
    "a year is compared": 'SELECT ?t { ?t cancu:targetYear ?y FILTER(STR(?y) <= "2026") }',
    "casts": """SELECT ?t (xsd:integer(?n) AS ?a) (xsd:decimal(?n) AS ?b) (xsd:string(?o) AS ?c)
        (xsd:double(?o) AS ?d) (xsd:boolean(?n) AS ?e) { ?t cancu:order ?o ; a cancu:Recipient
        BIND(STR(?o) AS ?n) }""",
    "datatypes": "SELECT ?d (COUNT(*) AS ?n) { ?s cancu:order ?o } GROUP BY (DATATYPE(?o) AS ?d)",
    "kinds of terms": """SELECT ?p (isIRI(?o) AS ?a) (isLiteral(?o) AS ?b) (isNumeric(?o) AS ?c) {
        ?s a cancu:Deadline ; ?p ?o }""",
    "if, coalesce, in": """SELECT ?t ?size ?x { ?t a cancu:Task ; cancu:order ?o
        OPTIONAL { ?t cancu:subTaskOf ?up } BIND(COALESCE(?up, "none") AS ?x)
        BIND(IF(?o IN (1, 2, 3), "first", IF(?o NOT IN (4, 5), "late", "next")) AS ?size) }""",
    "made terms": """SELECT ?t (IRI(CONCAT(STR(?t), "#x")) AS ?i) (STRDT(?n, xsd:integer) AS ?a)
        (STRLANG(?n, "vi") AS ?b) { ?t cancu:order ?o ; a cancu:Recipient BIND(STR(?o) AS ?n) }""",
    "digests": """SELECT ?t (MD5(?x) AS ?a) (SHA1(?x) AS ?b) (SHA256(?x) AS ?c) (SHA512(?x) AS ?d) {
        ?t a cancu:Recipient ; cancu:text ?x }""",
    "equal and the same": """SELECT ?a ?b (sameTerm(?a, ?b) AS ?same) (?a = ?b AS ?equal) {
        VALUES ?a { 1 1.0 "a" "a"@vi } VALUES ?b { 1 1.0 "a" "a"@vi } }""",
    "errors in and, or": """SELECT ?x (?x || true AS ?a) (?x && false AS ?b) (!?x AS ?c) {
        VALUES ?x { true false "" "a" 0 1.5 } }""",
    # the whole of it
    "led tasks by province": f"""SELECT ?place ?kind (COUNT(DISTINCT ?t) AS ?n) {{
        ?r cancu:ofTask ?t ; prov:hadRole {_LEAD} ; cancu:assignee ?a .
        ?t cancu:inDocument/eli:jurisdiction ?place OPTIONAL {{ ?a org:classification ?k }}
        BIND(COALESCE(?k, "none") AS ?kind) }}
        GROUP BY ?place ?kind""",
    "evidence of deadlines": """SELECT ?t ?exact ?start { ?t cancu:hasDeadline ?h .
        ?e oa:hasBody ?h ; oa:hasTarget/oa:hasSelector ?s . ?s oa:exact ?exact ; oa:start ?start
        FILTER(STRLEN(?exact) = 0 || ?start > 100) }""",
}

# Of the protocol: default graphs, named graphs, and a query over them.
_HELD = "https://w3id.org/cancu/graph/doc/6909751a"
_OTHER = "https://w3id.org/cancu/graph/doc/48439605"
_ALL = "SELECT ?g ?t { { ?t a cancu:Task } UNION { GRAPH ?g { ?t a cancu:Deadline } } }"
DATASETS: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "one default graph": ((_HELD,), (), "SELECT ?t { ?t a cancu:Task }"),
    "two default graphs": ((_HELD, _OTHER), (), "SELECT ?t { ?t a cancu:Task }"),
    "a named graph": ((), (_HELD,), "SELECT ?g ?t { GRAPH ?g { ?t a cancu:Deadline } }"),
    "both": ((_OTHER,), (_HELD,), _ALL),
}

GRAPHS: dict[str, str] = {
    "construct": """CONSTRUCT { ?t cancu:lead ?a ; cancu:n ?n } { ?t cancu:leadAgency ?a ;
        cancu:text ?x BIND(STRLEN(?x) AS ?n) }""",
    "construct where": "CONSTRUCT WHERE { ?h a cancu:Deadline ; cancu:latestDate ?d }",
    "construct leaves out what is unbound": """CONSTRUCT { ?t a cancu:Thing ; cancu:due ?h }
        { ?t a cancu:Task OPTIONAL { ?t cancu:hasDeadline ?h } }""",
    "construct from a subquery": """CONSTRUCT { ?d cancu:tasks ?n } { SELECT ?d (COUNT(*) AS ?n) {
        ?t a cancu:Task ; cancu:inDocument ?d } GROUP BY ?d }""",
}

ASKS: dict[str, str] = {
    "ask": "ASK { ?t cancu:hasDeadline/cancu:latestDate ?d FILTER(YEAR(?d) > 2025) }",
    "ask in vain": 'ASK { ?t a cancu:Task ; cancu:text "" }',
}

# Nothing is what is right for them.
EMPTY = frozenset(
    (
        "limit of nothing",
        "offset past the end",
        "a graph that is not there",
        "a text in other letters",
    )
)
