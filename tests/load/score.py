#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A large file scored by this program and, for the means alone, by polars and duckdb, in one run.

Run it from the root of the repository after `cargo build --release`:

    python3 tests/load/score.py [PEOPLE] [--binary target/release/insieme] [--runs 3]

PEOPLE (default 1,000,000) answer 40 items in each of two waves, in four groups. The peers, installed into a throw-away
virtual environment, read the same file and give the means of 8 indicators by wave and group (at least three of five answers); this
program writes its whole document. Bounded by PEOPLE and the number of runs; everything stays on this machine.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import venv

GROUPS, INDICATORS, LETTERS, REVERSED = ["PUB", "TS", "PRIV", "CIV"], range(1, 9), "abcde", "d"
ITEMS = [f"I{number}{letter}" for number in INDICATORS for letter in LETTERS]


def write_framework(path):
    parts = ['[framework]\nid = "load"\nversion = "1.0.0"\ntitle = { en = "Load" }\nlanguages = ["en"]\nlicense = "CC0-1.0"\nstatus = "draft"']
    parts += [f'[[group]]\ncode = "{code}"\nname = {{ en = "{code}" }}' for code in GROUPS]
    parts += [f'[[wave_type]]\ncode = "{code}"\nname = {{ en = "{code}" }}' for code in "12"]
    parts.append('[[scale]]\ncode = "S5"\npoints = [1, 2, 3, 4, 5]\nlabels = { en = ["1", "2", "3", "4", "5"] }')
    parts += [f'[[family]]\ncode = "{code}"\npillar = "{code}"\nname = {{ en = "{code}" }}' for code in ("facilitators", "obstacles", "results")]
    for number in INDICATORS:
        family = "facilitators" if number <= 3 else "obstacles" if number <= 5 else "results"
        name = f'{{ en = "I{number}" }}'
        parts.append(f'[[indicator]]\ncode = "I{number}"\nfamily = "{family}"\nname = {name}\ndefinition = {name}\ntrace = "load"\nevidence = "load"')
        for letter in LETTERS:
            turned = "true" if letter in REVERSED else "false"
            parts.append(f'[[indicator.item]]\ncode = "I{number}{letter}"\nscale = "S5"\nreverse = {turned}\ntext = {{ en = "I{number}{letter}" }}')
    with open(path, "w", encoding="utf-8") as out:
        out.write("\n\n".join(parts) + "\n")


def write_answers(path, people):
    chance = random.Random(7)
    codes = ["DK"] * 10 + ["NA"] * 5 + ["RF"] * 5 + [""] * 10
    def cell():
        drawn = chance.random()
        return codes[int(drawn * 1000)] if drawn < 0.03 else str(chance.randint(1, 5))
    rows = [",".join(cell() for _ in ITEMS) for _ in range(20_000)]
    group = [GROUPS[chance.randrange(4)] for _ in range(people)]
    order = list(range(people))
    with open(path, "w", encoding="utf-8") as out:
        out.write("wave,group,respondent," + ",".join(ITEMS) + "\n")
        for wave in "12":
            for person in order:
                out.write(f"{wave},{group[person]},p{person:07d},{rows[chance.randrange(20_000)]}\n")
            chance.shuffle(order)


PEERS = {
    "polars": """
import sys, time, json, polars as pl
start = time.perf_counter()
items = {items}
table = pl.read_csv(sys.argv[1], null_values=["DK", "NA", "RF", "NS", ""], schema_overrides={{i: pl.Int8 for i in items}} | {{"wave": pl.Utf8}})
scores = []
for number in range(1, 9):
    own = [f"I{{number}}{{letter}}" for letter in "abcde"]
    worth = [((5 - pl.col(i).cast(pl.Float64)) if i.endswith("d") else (pl.col(i).cast(pl.Float64) - 1)) * 25 for i in own]
    given = pl.sum_horizontal([pl.col(i).is_not_null().cast(pl.Int8) for i in own])
    scores.append(pl.when(given >= 3).then(pl.sum_horizontal(worth) / given).alias(f"I{{number}}"))
means = table.lazy().select(["wave", "group"] + scores).group_by(["wave", "group"]).agg(pl.exclude("wave", "group").mean()).collect()
print(json.dumps({{"seconds": time.perf_counter() - start, "cells": means.height}}))
""",
    "duckdb": """
import sys, time, json, duckdb
start = time.perf_counter()
items = {items}
score = []
for number in range(1, 9):
    own = [f"TRY_CAST(I{{number}}{{letter}} AS DOUBLE)" for letter in "abcde"]
    worth = [f"coalesce({{'5 - ' + c if 'd AS' in c else c + ' - 1'}}, 0)" for c in own]
    given = " + ".join(f"({{c}} IS NOT NULL)::INT" for c in own)
    score.append(f"avg(CASE WHEN {{given}} >= 3 THEN 25 * ({{' + '.join(worth)}}) / ({{given}}) END) AS I{{number}}")
missing = "['DK', 'NA', 'RF', 'NS', '']"
sql = f'SELECT wave, "group", {{", ".join(score)}} FROM read_csv(?, header = true, nullstr = {{missing}}) GROUP BY ALL'
means = duckdb.execute(sql, [sys.argv[1]]).fetchall()
print(json.dumps({{"seconds": time.perf_counter() - start, "cells": len(means)}}))
""",
}


def median(numbers):
    return sorted(numbers)[len(numbers) // 2]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("people", nargs="?", type=int, default=1_000_000)
    options.add_argument("--binary", default="target/release/insieme")
    options.add_argument("--runs", type=int, default=3)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="insieme-load-") as folder:
        answers, framework = os.path.join(folder, "answers.csv"), os.path.join(folder, "framework.toml")
        write_framework(framework)
        write_answers(answers, min(chosen.people, 2_000_000))
        print(f"{chosen.people:,} people, two waves, {os.path.getsize(answers) / 1e6:.0f} MB")
        venv.create(os.path.join(folder, "venv"), with_pip=True)
        python = os.path.join(folder, "venv", "bin", "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", "polars", "duckdb"], check=True, timeout=600)
        times = {"insieme": []} | {peer: [] for peer in PEERS}
        for _ in range(chosen.runs):
            command = [chosen.binary, "score", "--framework", framework, "--responses", answers, "--output", os.path.join(folder, "out.json")]
            start = time.perf_counter()
            subprocess.run(command, check=True, timeout=600)
            times["insieme"].append(time.perf_counter() - start)
            for peer, text in PEERS.items():
                out = subprocess.run([python, "-c", text.format(items=ITEMS), answers], check=True, capture_output=True, text=True, timeout=600)
                found = json.loads(out.stdout)
                assert found["cells"] == 8, found
                times[peer].append(found["seconds"])
        ours = median(times["insieme"])
        for name, seconds in times.items():
            print(f"{name:<8} {median(seconds):.2f} s   ratio {median(seconds) / ours:.2f}")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"largest child: {peak:.0f} MB")


if __name__ == "__main__":
    sys.exit(main())
