"""The release as a whole, the quality of its rules, and codes."""

from graph.reader.building import code, date, integer, iri, kind, label, number, text, thing, things
from graph.reader.kinds.common import NODE
from graph.reader.model import Field, Form

KINDS = (
    kind(
        "Dataset",
        "dcat:Dataset",
        "What a release holds, or a part of it.",
        label("label", "rdfs:label", "Its name."),
        label("description", "dcterms:description", "What it holds."),
        label("source", "dcterms:source", "Where it was taken from."),
        label("reason", "cancu:curatedBecause", "Why persons added it, and how far it is sure."),
        code("review", "ReviewStatus", "How far persons looked at it.", "cancu:reviewStatus"),
        date("date", "dcterms:date", "The day whose state it shows."),
        label("attributed_to", "prov:wasAttributedTo/rdfs:label", "Name of the rules behind it."),
        things("parts", "Dataset", "?s void:subset ?o . ?o a dcat:Dataset", "Parts of it."),
        iri("license", "dcterms:license", "The licence."),
        iri("conforms_to", "dcterms:conformsTo", "The version of the vocabulary."),
        text("uri_space", "void:uriSpace", "What the IRIs of its resources begin with."),
        integer("triples", "void:triples", "How many triples it has."),
        integer("documents", "void:documents", "How many documents it has."),
        integer("subjects", "void:distinctSubjects", "How many things it describes."),
        things(
            "measurements",
            "QualityMeasurement",
            "^dqv:computedOn",
            "How good its rules are.",
            usual=40,
        ),
        keeps=(NODE,),
    ),
    kind(
        "QualityMeasurement",
        "dqv:QualityMeasurement",
        "One measure of the rules, taken against documents that people annotated.",
        code("extractor", "Extractor", "The kind of facts it is about.", "cancu:ofExtractor"),
        number("value", "dqv:value", "The value.", required=True),
        label("metric", "dqv:isMeasurementOf/skos:prefLabel", "What was measured."),
        label("metric_definition", "dqv:isMeasurementOf/skos:definition", "What that means."),
        label(
            "dimension",
            "dqv:isMeasurementOf/dqv:inDimension/skos:prefLabel",
            "Of what quality it is a part.",
        ),
        thing("dataset", "Dataset", "dqv:computedOn", "What was measured."),
        keeps=(NODE,),
    ),
    kind(
        "Code",
        "skos:Concept",
        "A code of one of the lists.",
        text("notation", "skos:notation", "The code as it is written."),
        label("label", "skos:prefLabel", "Its name."),
        label("other_labels", "skos:altLabel", "Other words for it.", many=True),
        label("definition", "skos:definition", "What it means."),
        Field("list", Form.IRI, ("skos:inScheme",), "The list it belongs to."),
        iri("exact_match", "skos:exactMatch", "The same code in another vocabulary."),
        integer("order", "cancu:order", "Its place in the list, where the list has an order."),
        things("broader", "Code", "skos:broader", "Wider codes.", usual=1),
        things(
            "code_of", "Meaning", "cancu:codeOf", "What a code in a number stands for.", usual=1
        ),
        keeps=(NODE,),
    ),
)
