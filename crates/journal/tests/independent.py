"""Checks an exported journal with another program's code.

    python independent.py BUNDLE VERIFIER_KEY [EARLIER_CHECKPOINT]

The log is checked by aics-tlog (PyPI): the checkpoint's signature, every tile and every entry
against the signed root, proofs made from the tiles, and the tiles it would have written itself.
Entries and contents are read here after the tables of the README, with nothing but Python's own
library. Nothing of the journal crate is used.

Prints one line and ends with 0 if the bundle holds; otherwise says what is wrong and ends with 1.
"""

import hashlib
import json
import pathlib
import struct
import sys

import aics_tlog

FIELDS = (
    "jurisdiction number turn at day person post kind matter act commitment".split()
)


def read_checkpoint(path, key):
    note = aics_tlog.parse_note(path.read_bytes())
    result = aics_tlog.verify_checkpoint(note, key, expected_origin=key.name)
    if not result.ok:
        raise ValueError(f"{path.name}: {result.error}")
    return result


def read_entry(data):
    magic = b"shigan-entry/v1\n"
    if not data.startswith(magic):
        raise ValueError("not an entry")
    at, entry = len(magic), {}
    for field in FIELDS:
        (length,) = struct.unpack_from(">I", data, at)
        at += 4
        entry[field] = data[at : at + length].decode()
        at += length
    if at != len(data):
        raise ValueError("bytes after the last field")
    return entry


def commitment(salt, payload):
    content = b"shigan-content/v1\n"
    for part in (salt.encode(), payload.encode()):
        content += struct.pack(">Q", len(part)) + part
    return hashlib.sha256(content).hexdigest()


def index_path(number):
    """A tile's number as tlog-tiles writes it: 1234067 is x001/x234/067."""
    path = f"{number % 1000:03}"
    while number := number // 1000:
        path = f"x{number % 1000:03}/{path}"
    return path


def check_contents(root, page, entries):
    kept, turn = 0, 0
    for first in range(0, len(entries), 256):
        name = f"payloads/{index_path(first // 256)}.jsonl"
        lines = (root / name).read_text(encoding="utf-8").splitlines()
        bundle = entries[first : first + 256]
        if len(lines) != len(bundle):
            raise ValueError(f"{name}: {len(lines)} lines for {len(bundle)} entries")
        for number, (data, line) in enumerate(zip(bundle, lines), first):
            entry, content = read_entry(data), json.loads(line)
            if int(entry["number"]) != number or content["number"] != number:
                raise ValueError(f"entry {number}: another number")
            if entry["jurisdiction"] != page["jurisdiction"] or int(entry["turn"]) < turn:
                raise ValueError(f"entry {number}: another body or an earlier turn")
            turn = int(entry["turn"])
            if content.get("erased"):
                continue
            if commitment(content["salt"], content["payload"]) != entry["commitment"]:
                raise ValueError(f"entry {number}: another content")
            kept += 1
    return kept


def check_proofs(reader, size, root):
    for number in sorted({0, size // 3, size // 2, size - 1}):
        entry = reader.entry(number)
        proof = aics_tlog.inclusion_proof_from_tiles(reader, number, size)
        if not aics_tlog.verify_leaf_inclusion(entry, number, size, proof, root):
            raise ValueError(f"entry {number}: not included")
    for before in sorted({1, size // 2, size - 1} - {0}):
        earlier = aics_tlog.tree_root_from_tiles(reader, before, size)
        proof = aics_tlog.consistency_proof_from_tiles(reader, before, size)
        if not aics_tlog.verify_consistency(before, size, earlier, root, proof):
            raise ValueError(f"the log of {before} entries is not its beginning")


def check(folder, verifier_key, earlier=None):
    root, key = pathlib.Path(folder), aics_tlog.parse_vkey(verifier_key)
    page = json.loads((root / "bundle.json").read_text(encoding="utf-8"))
    if page["verifier_key"] != verifier_key:
        raise ValueError("bundle.json: another key")
    signed = read_checkpoint(root / "checkpoint", key)
    if (page["origin"], page["size"]) != (signed.origin, signed.size):
        raise ValueError("bundle.json: another log than the checkpoint's")
    files = aics_tlog.FileSystemTileReader(root)
    report = aics_tlog.audit_tiles(files, signed.size, signed.root)
    reader = aics_tlog.VerifiedTileReader(files, signed.size, signed.root)
    entries = [reader.entry(number) for number in range(signed.size)]
    kept = check_contents(root, page, entries)
    if entries:
        check_proofs(reader, signed.size, signed.root)
    written = aics_tlog.TileWriter(entries).materialise()
    found = {str(path.relative_to(root)) for path in (root / "tile").rglob("*") if path.is_file()}
    if found != set(written):
        raise ValueError(f"other files: {sorted(found ^ set(written))[:3]}")
    for path, data in written.items():
        if (root / path).read_bytes() != data:
            raise ValueError(f"{path}: other bytes")
    if earlier:
        before = read_checkpoint(pathlib.Path(earlier), key)
        proof = aics_tlog.consistency_proof_from_tiles(reader, before.size, signed.size)
        if not aics_tlog.verify_consistency(
            before.size, signed.size, before.root, signed.root, proof
        ):
            raise ValueError("the log does not begin with the earlier checkpoint's")
    return f"{report.size} entries, {kept} contents, {report.tiles} tiles, {report.bundles} bundles"


if __name__ == "__main__":
    try:
        print(f"aics-tlog {aics_tlog.__version__} accepts:", check(*sys.argv[1:]))
    except (OSError, ValueError, KeyError, struct.error) as error:
        print(f"aics-tlog {aics_tlog.__version__} refuses: {error}")
        sys.exit(1)
