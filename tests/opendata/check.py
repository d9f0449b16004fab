# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads files of Insieme with programs of others.

check.py sav FILE           prints names, labels and rows of an SPSS file as JSON
check.py catalogue FILE     holds a catalogue (Turtle or JSON-LD) against the shapes of DCAT-AP_IT
check.py csvw FILE          holds FILE against FILE-metadata.json beside it
"""

import json
import math
import pathlib
import sys


def plain(value):
    """A value as JSON has it; nothing for a gap."""
    value = value.item() if hasattr(value, "item") else value
    return None if isinstance(value, float) and math.isnan(value) else value


def sav(path):
    import pyreadstat

    table, meta = pyreadstat.read_sav(path, user_missing=True, output_format="dict")
    columns = [[plain(value) for value in list(table[name])] for name in meta.column_names]
    rows = list(zip(*columns))
    json.dump(
        {
            "encoding": meta.file_encoding,
            "columns": meta.column_names,
            "labels": meta.column_labels,
            "values": {name: {str(int(value)): label for value, label in labels.items()}
                       for name, labels in meta.variable_value_labels.items()},
            "missing": {name: [[one["lo"], one["hi"]] for one in ranges]
                        for name, ranges in meta.missing_ranges.items()},
            "rows": rows,
        },
        sys.stdout,
        default=str,
    )


def catalogue(path):
    import pyshacl
    import rdflib

    kind = "json-ld" if path.endswith(".jsonld") else "turtle"
    graph = rdflib.Graph().parse(path, format=kind)
    shapes = rdflib.Graph().parse(pathlib.Path(__file__).with_name("shapes.ttl"), format="turtle")
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes)
    if not conforms:
        sys.exit(report)
    titles = graph.objects(None, rdflib.URIRef("http://purl.org/dc/terms/title"))
    dataset = rdflib.URIRef("http://dati.gov.it/onto/dcatapit#Dataset")
    count = len(set(graph.subjects(rdflib.RDF.type, dataset)))
    json.dump({"datasets": count, "titles": sorted(str(title) for title in titles)}, sys.stdout)


def csvw(path):
    import csvw as reader

    described = reader.CSVW(path + "-metadata.json", validate=True)
    if not described.is_valid:
        sys.exit("\n".join(str(warning.message) for warning in described.warnings))


if __name__ == "__main__":
    {"sav": sav, "catalogue": catalogue, "csvw": csvw}[sys.argv[1]](sys.argv[2])
