"""What the Python peers share: reading names and articles, timing, the answer."""
import json
import sys
import time


def measure(version, load):
    """load(names) returns a function that counts the matches of a text."""
    _, names_path, text_path, runs, limit = sys.argv
    began = time.monotonic()
    with open(names_path, encoding="utf-8") as f:
        names = f.read().split("\n")[:-1]
    with open(text_path, encoding="utf-8", newline="") as f:
        texts = f.read().split("\f\n")[:-1]
    start = time.monotonic()
    count = load(names)
    loaded = time.monotonic() - start
    seconds, matches = [], 0
    for _ in range(int(runs)):
        start = time.monotonic()
        matches = sum(count(text) for text in texts)
        seconds.append(time.monotonic() - start)
        if time.monotonic() - began + seconds[-1] > float(limit):
            break
    print(json.dumps({"version": version, "load_s": loaded, "seconds": seconds, "matches": matches}))
