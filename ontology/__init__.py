"""The vocabulary: OWL classes, SHACL shapes, code lists, and their IRIs as Python names."""
