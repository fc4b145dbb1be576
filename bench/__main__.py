"""``make bench``: every measure that the README quotes, one after the other.

Takes about half an hour on two cores and writes a demo company of 200,000 accounts into
``bench/data`` at the first run.
"""

from __future__ import annotations

import subprocess
import sys

from bench.ask_speed import DATA

#: Written and imported by the measures before those that look at it.
DEMO = str(DATA / "demo-200000")
MEASURES = (
    ("start-up", ("bench.startup",)),
    ("scan beside Presidio, and its growth", ("bench.scan_speed", "--growth", "10")),
    ("a scan again of what has not changed", ("bench.scan_reuse",)),
    ("a clean copy beside reading and writing", ("bench.redact_speed",)),
    ("a person traced beside grep", ("bench.trace_speed",)),
    ("column verdicts beside others' labels", ("bench.scan_labels",)),
    ("verdicts on made columns", ("bench.column_verdicts",)),
    ("a long deny-list beside Presidio's", ("bench.own_lists",)),
    ("Presidio's own cases", ("bench.parity",)),
    ("generated cells beside Presidio's engine", ("bench.parity_cells",)),
    ("names, places and addresses in labelled texts", ("bench.texts",)),
    ("made sentences in seven languages", ("bench.scan_languages",)),
    ("likely minors", ("bench.minors",)),
    ("likely minors by what other banks taught", ("bench.minors_weights", "--held-out")),
    ("what presets make of real exports", ("bench.presets",)),
    ("a mapping proposed beside the shipped one", ("bench.mapping",)),
    ("import beside COPY", ("bench.import_speed",)),
    ("questions beside the plain aggregate", ("bench.ask_speed",)),
    ("how far off a count is", ("bench.count_error",)),
    ("what is foretold beside what shows", ("bench.forecast",)),
    ("private answers beside gated ones", ("bench.private_speed",)),
    ("the Findings page over a million findings", ("bench.findings_page",)),
    ("the analysts' pages over ten million events", ("bench.page_speed", DEMO)),
    ("thirty people at once", ("bench.many_people", DEMO)),
    ("from the command to the first page", ("bench.app_start", DEMO)),
    ("all promises over a company's exports", ("bench.checks_speed",)),
)


def main() -> int:
    """Run each measure; the exit code is that of the worst."""
    worst = 0
    for title, (module, *arguments) in MEASURES:
        print(f"\n== {title}\n   python -m {' '.join((module, *arguments))}\n", flush=True)
        done = subprocess.run([sys.executable, "-m", module, *arguments], check=False)
        worst = max(worst, done.returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
