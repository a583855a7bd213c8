# python3 recheck.py ENTRY PROOF: no library, no network, no database.
import base64, hashlib, sys
entry = open(sys.argv[1], "rb").read()
proof, note = open(sys.argv[2], encoding="utf-8").read().split("\n\n", 1)
lines = proof.splitlines()
index = int(next(l for l in lines if l.startswith("index ")).split()[1])
path = [base64.b64decode(l) for l in lines[lines.index(f"index {index}") + 1:]]
size, root = int(note.splitlines()[1]), note.splitlines()[2]
node = hashlib.sha256(b"\0" + entry).digest()
at, last = index, size - 1
for other in path:
    if at % 2 or at == last:
        node = hashlib.sha256(b"\1" + other + node).digest()
        while at % 2 == 0 and at:
            at, last = at // 2, last // 2
    else:
        node = hashlib.sha256(b"\1" + node + other).digest()
    at, last = at // 2, last // 2
print("same" if base64.b64encode(node).decode() == root and last == 0 else "NOT the same")
