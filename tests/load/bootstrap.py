#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""2,000 bootstrap replicates of the means of 40 indicators in 4 groups of 2,500: this program beside NumPy, in one run.

Run it from the root of the repository: python3 tests/load/bootstrap.py
It needs NumPy and `cargo`; everything stays on this machine. Both sides draw n units of n (NumPy) or n - 1 of n with
replacement in each group, and reduce every replicate to all 160 means. NumPy is given the two usual ways, and the faster
one counts: gathering rows, and counts of draws times the matrix of scores.
"""

import os
import subprocess
import time

import numpy as np

GROUPS, SIZE, COLUMNS, DRAWS, RUNS = 4, 2_500, 40, 2_000, 3


def scores():
    row = np.arange(GROUPS * SIZE, dtype=np.int64)[:, None]
    column = np.arange(COLUMNS, dtype=np.int64)[None, :]
    return ((row * 31 + column * 17 + row * column) % 13 * 100.0 / 12.0).reshape(GROUPS, SIZE, COLUMNS)


def gather(values, random):
    means = np.empty((DRAWS, GROUPS, COLUMNS))
    for draw in range(DRAWS):
        for group in range(GROUPS):
            means[draw, group] = values[group, random.integers(0, SIZE, SIZE)].mean(axis=0)
    return means


def by_counts(values, random):
    means = np.empty((DRAWS, GROUPS, COLUMNS))
    shift = np.arange(DRAWS)[:, None] * SIZE
    for group in range(GROUPS):
        drawn = random.integers(0, SIZE, (DRAWS, SIZE)) + shift
        counts = np.bincount(drawn.ravel(), minlength=DRAWS * SIZE).reshape(DRAWS, SIZE).astype(np.float64)
        means[:, group] = counts @ values[group] / SIZE
    return means


def least(work):
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main():
    values, random = scores(), np.random.default_rng(7)
    numpy = {way.__name__: least(lambda way=way: way(values, random)) for way in (gather, by_counts)}
    environment = dict(os.environ, CARGO_TERM_COLOR="never")
    command = ["cargo", "bench", "--quiet", "--bench", "engine", "--", "bootstrap"]
    out = subprocess.run(command, check=True, capture_output=True, text=True, env=environment, timeout=1800).stdout
    ours = float(out.split("bootstrap ")[1].split()[0])
    print(f"insieme            {ours:.3f} s")
    for way, seconds in numpy.items():
        print(f"NumPy {way:<12} {seconds:.3f} s   ratio {seconds / ours:.2f}")


if __name__ == "__main__":
    main()
