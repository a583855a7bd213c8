"""Recomputes a draw from its bundle in another language: python3 verify_draw.py BUNDLE"""
import bisect, hashlib, heapq, itertools as it, json, re, sys
b = json.load(open(sys.argv[1], encoding="utf-8"))
text = lambda value: json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
sha = lambda line: hashlib.sha256(line.encode()).hexdigest()
digits = lambda line: str(int(sha(line), 16)).zfill(64)[::-1]
later = lambda old, _: next(new for nth in it.count(1) if old + "0" < (
    new := re.match(r"0\.9*", old)[0] + digits(f"{old}:{nth}")))
f, s, n, r = (b[part] for part in ("published_frame", "published_secret", "number", "reveal"))
frame = sorted(b["frame"], key=lambda unit: (unit[1], unit[0]))
seed = text([b["kind"], b["round"], f["fingerprint"], f["terms"], s["fingerprint"],
             n["number"], r["secret"]])
good = {"frame": sha("".join(text(unit) + "\n" for unit in frame)) == f["fingerprint"],
        "terms": sha(text(b["terms"])) == f["terms"], "seed": seed == b["seed"],
        "secret": sha(r["secret"]) == s["fingerprint"] and len(r["secret"]) > 31,
        "order": max(f["at"], s["at"]) < n["at"] <= r["at"]}
((design, d),), teams = b["terms"]["design"].items(), b["terms"]["teams"]
of = {unit[0]: unit for unit in frame}
rows = sorted(("0." + digits(sha(seed) + name), name, 1) for name in of)
if design == "simple":
    stream = lambda row: ((ticket, row[1], nth) for nth, ticket in enumerate(
        it.accumulate(it.repeat(0, sys.maxsize * d["with_replacement"]), later, initial=row[0]), 1))
    drawn = list(it.islice(heapq.merge(*map(stream, rows)), d["drop"], d["drop"] + d["take"]))
elif design == "strata":
    drawn = [x for h in sorted(d) for x in [row for row in rows if of[row[1]][1] == h][:d[h]]]
else:  # Units whose chance reaches 1 are certain; the greatest entropy is left to `shigan verify`.
    rest, left = sorted(frame, key=lambda unit: -unit[2]), d["take"]
    while left and rest[0][2] * left >= sum(unit[2] for unit in rest): left -= bool(rest.pop(0))
    rest = [unit for unit in frame if unit in rest]
    ends = list(it.accumulate(unit[2] for unit in rest))
    start = int(digits(sha(seed + "\nsystematic") + "start")[:15])
    hits = [(start + nth * 10**15) * ends[-1] // left // 10**15 for nth in range(left)]
    names = set(of) - {unit[0] for unit in rest} | {rest[bisect.bisect(ends, x)][0] for x in hits}
    stated = {row[1] for row in b["drawn"]} if design == "conditional-poisson" else names
    drawn = [row for row in rows if row[1] in stated]
cut = lambda row: [re.match(r"0\.9*.{0,9}", row[0])[0], *row[1:3]]
good["drawn"] = [cut(row) for row in drawn] == [row[:3] for row in b["drawn"]]
good["teams"] = not teams or all(len(team) == teams["per_object"] and not any(
    [one[0], unit] in teams["recusals"] for one in team) for unit, team in b["teams"])
sys.exit(", ".join(part for part in good if not good[part]) or print("holds"))
