# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Computes every figure of dataset G1 from its answers, independently of the program.

Means, variances and sums are exact fractions; only roots, t quantiles and tails are floats (SciPy).
Run from the root of the project: python3 tests/reference/g1.py
"""

import csv
import json
import platform
from collections import defaultdict
from fractions import Fraction
from math import ceil, exp, log, sqrt
from pathlib import Path

import scipy
from scipy.stats import t as student

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "g1"
INDICATORS = {"F1": "abc", "F2": "ab", "O1": "abc", "R1": "abc"}
PILLARS = {"facilitators": ["F1", "F2"], "obstacles": ["O1"], "results": ["R1"]}
REVERSED = {"F1c"}
GROUPS = ["PUB", "TS", "PRIV", "CIV"]
AGREED = {"PUB": Fraction(20, 100), "TS": Fraction(30, 100), "PRIV": Fraction(15, 100), "CIV": Fraction(35, 100)}
CODES = {"DK": "DK", "NA": "NA", "RF": "RF", "": "SK", "NS": "NS"}


def percent(item, cell):
    """Percent of the maximum possible of one answer, or nothing."""
    if cell in CODES:
        return None
    point = int(cell)
    return Fraction(100 * ((5 - point) if item in REVERSED else (point - 1)), 4)


def person_score(row, indicator):
    items = [indicator + letter for letter in INDICATORS[indicator]]
    applicable = [item for item in items if row[item] not in ("NA", "NS")]
    answered = [percent(item, row[item]) for item in items if percent(item, row[item]) is not None]
    required = max(ceil(Fraction(1, 2) * len(applicable)), 2 if len(items) >= 3 else 1)
    if not applicable or len(answered) < required:
        return None
    return sum(answered) / len(answered)


def mean(values):
    return sum(values) / len(values)


def variance(values):
    centre = mean(values)
    return sum((value - centre) ** 2 for value in values) / (len(values) - 1)


def t_interval(centre, squared, df, level=0.95):
    half = student.ppf((1 + level) / 2, df) * sqrt(squared)
    return [float(centre) - half, float(centre) + half]


def satterthwaite(parts):
    """Parts are pairs of a variance and its degrees of freedom, as fractions."""
    total = sum(part for part, _ in parts)
    return total, total**2 / sum(part**2 / df for part, df in parts)


def errors(value, parts, prefix=""):
    squared, df = satterthwaite(parts)
    return {
        prefix + "se": sqrt(squared),
        prefix + "df": float(df),
        prefix + "interval": t_interval(value, squared, float(df)),
    }


def left(n, listed):
    return 1 - Fraction(n, listed)


class Wave:
    def __init__(self, rows, listed):
        self.rows = rows
        self.listed = listed
        self.scores = {k: [person_score(row, k) for row in rows] for k in INDICATORS}
        self.of = {
            k: {g: [s for row, s in zip(rows, self.scores[k]) if row["group"] == g and s is not None] for g in GROUPS}
            for k in INDICATORS
        }

    def codes(self, indicator):
        counts = dict.fromkeys(("DK", "NA", "RF", "SK", "NS"), 0)
        for row in self.rows:
            for letter in INDICATORS[indicator]:
                if row[indicator + letter] in CODES:
                    counts[CODES[row[indicator + letter]]] += 1
        return counts

    def mean_of_items(self, indicator, group):
        means = []
        for letter in INDICATORS[indicator]:
            item = indicator + letter
            answers = [percent(item, row[item]) for row in self.rows if row["group"] == group]
            means.append(mean([answer for answer in answers if answer is not None]))
        return float(mean(means))

    def group(self, indicator, group):
        values = self.of[indicator][group]
        n, centre, spread = len(values), mean(values), variance(values)
        squared = left(n, self.listed[group]) * spread / n
        return {
            "valid": n,
            "mean": float(centre),
            "sd": sqrt(spread),
            "se": sqrt(squared),
            "interval": t_interval(centre, squared, n - 1),
            "mean_of_items": self.mean_of_items(indicator, group),
        }

    def weights(self, voice, indicator):
        raw = {
            "equal": {g: Fraction(1) for g in GROUPS},
            "head": {g: Fraction(len(self.of[indicator][g])) for g in GROUPS},
            "population": {g: Fraction(self.listed[g]) for g in GROUPS},
            "participatory": AGREED,
        }[voice]
        return {g: weight / sum(raw.values()) for g, weight in raw.items()}

    def value(self, voice, indicator):
        weights = self.weights(voice, indicator)
        return sum(weights[g] * mean(self.of[indicator][g]) for g in GROUPS)

    def overall(self, indicator, voice):
        value = self.value(voice, indicator)
        weights = self.weights(voice, indicator)

        def parts(finite):
            for g in GROUPS:
                values = self.of[indicator][g]
                n = len(values)
                factor = left(n, self.listed[g]) if finite else 1
                yield weights[g] ** 2 * factor * variance(values) / n, n - 1

        return {
            **errors(value, list(parts(True))),
            **errors(value, list(parts(False)), "process_"),
        }

    def combination(self, coefficients):
        """A weighted sum of equal-voice totals with its linearised error."""
        value = sum(c * self.value("equal", k) for k, c in coefficients.items())
        parts = []
        for g in GROUPS:
            people = [i for i, row in enumerate(self.rows) if row["group"] == g]
            people = [i for i in people if any(self.scores[k][i] is not None for k in coefficients)]
            n = len(people)
            sizes = {k: len(self.of[k][g]) for k in coefficients}
            squares = Fraction(0)
            for i in people:
                z = Fraction(0)
                for k, c in coefficients.items():
                    if self.scores[k][i] is not None:
                        z += c * Fraction(n, sizes[k]) * (self.scores[k][i] - mean(self.of[k][g]))
                squares += z**2
            share = left(min(sizes.values()), self.listed[g])
            parts.append((Fraction(1, 16) * share * squares / (n * (n - 1)), n - 1))
        return {"value": float(value), **errors(value, parts)}

    def pillars(self):
        return {p: self.combination({k: Fraction(1, len(ks)) for k in ks}) for p, ks in PILLARS.items()}

    def composite(self):
        third = Fraction(1, 3)
        coefficients = {"F1": third / 2, "F2": third / 2, "O1": -third, "R1": third}
        linear = self.combination(coefficients)
        value = {p: sum(self.value("equal", k) for k in ks) / len(ks) for p, ks in PILLARS.items()}
        good = [value["facilitators"], 100 - value["obstacles"], value["results"]]
        scaled = [70 + Fraction(6, 10) * one for one in good]
        centre = mean(scaled)
        spread = sum((one - centre) ** 2 for one in scaled) / 3
        linear["linear"] = linear.pop("value") + 100 / 3
        linear["interval"] = [limit + 100 / 3 for limit in linear["interval"]]
        linear["geometric"] = exp(sum(log(one) for one in good) / 3)
        linear["imbalance"] = float((centre - spread / centre - 70) / Fraction(6, 10))
        return linear

    def organisations(self, indicator, group):
        members = defaultdict(list)
        for row, score in zip(self.rows, self.scores[indicator]):
            if row["group"] == group and score is not None:
                members[row["organisation"]].append(score)
        return {"n": len(members), "mean": float(mean([mean(scores) for scores in members.values()]))}


def change(first, second, indicator):
    pairs = {}
    for g in GROUPS:
        before = {row["respondent"]: s for row, s in zip(first.rows, first.scores[indicator]) if row["group"] == g}
        after = {row["respondent"]: s for row, s in zip(second.rows, second.scores[indicator]) if row["group"] == g}
        both = [who for who in before if before[who] is not None and after.get(who) is not None]
        pairs[g] = [(before[who], after[who]) for who in both]
    xx = yy = xy = Fraction(0)
    for couples in pairs.values():
        mx, my = mean([x for x, _ in couples]), mean([y for _, y in couples])
        xx += sum((x - mx) ** 2 for x, _ in couples)
        yy += sum((y - my) ** 2 for _, y in couples)
        xy += sum((x - mx) * (y - my) for x, y in couples)
    r = float(xy) / sqrt(xx * yy)
    parts, difference = [], Fraction(0)
    for g in GROUPS:
        one, two = first.of[indicator][g], second.of[indicator][g]
        n1, n2, nc = len(one), len(two), len(pairs[g])
        v1, v2 = variance(one) / n1, variance(two) / n2
        squared = float(v1 + v2) - 2 * r * sqrt(variance(one) * variance(two)) * nc / (n1 * n2)
        welch = float((v1 + v2) ** 2 / (v1**2 / (n1 - 1) + v2**2 / (n2 - 1)))
        alone = n1 - nc + n2 - nc
        df = welch if nc == 0 else (nc - 1) + (welch - nc + 1) / (alone + 2 * nc) * alone
        parts.append((squared / 16, df))
        difference += (mean(two) - mean(one)) / 4
    squared, df = satterthwaite(parts)
    statistic = float(difference) / sqrt(squared)
    return {
        "pairs": sum(len(couples) for couples in pairs.values()),
        "correlation": r,
        "difference": float(difference),
        "se": sqrt(squared),
        "df": df,
        "interval": t_interval(difference, squared, df),
        "interval_90": t_interval(difference, squared, df, 0.90),
        "p": 2 * student.sf(abs(statistic), df),
    }


def main():
    with open(FOLDER / "responses.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    listed = defaultdict(dict)
    with open(FOLDER / "roster.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            listed[row["wave"]][row["group"]] = int(row["listed"])
    waves = {w: Wave([row for row in rows if row["wave"] == w], listed[w]) for w in ("1", "2")}
    expected = {
        "software": {"python": platform.python_version(), "scipy": scipy.__version__},
        "waves": {
            w: {
                "respondents": len(wave.rows),
                "indicators": {
                    k: {
                        "codes": wave.codes(k),
                        "groups": {g: wave.group(k, g) for g in GROUPS},
                        "voices": {v: float(wave.value(v, k)) for v in ("equal", "head", "population", "participatory")},
                        "overall": wave.overall(k, "equal"),
                        "overall_participatory": wave.overall(k, "participatory"),
                    }
                    for k in INDICATORS
                },
                "pillars": wave.pillars(),
                "composite": wave.composite(),
            }
            for w, wave in waves.items()
        },
        "changes": {k: change(waves["1"], waves["2"], k) for k in INDICATORS},
        "organisations": waves["1"].organisations("F1", "TS"),
    }
    with open(FOLDER / "expected.json", "w", encoding="utf-8") as file:
        json.dump(expected, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
