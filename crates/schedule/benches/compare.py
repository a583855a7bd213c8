"""The same networks through shigan, networkx and TaskJuggler, in one run.

usage: compare.py SHIGAN GEN_DAG.PY [N ...]

Prints a table: wall-clock seconds, CPU seconds and peak memory of each as a process of its own,
from a file to early and late dates of every task. networkx comes from PyPI, tj3 from Debian;
what is not installed is left out. TaskJuggler has early dates only, and is asked for no more
than 10,000 tasks.
"""
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile

PASSES = """
import sys, networkx as nx
G = nx.DiGraph(); d = {}
with open(sys.argv[1]) as f:
    n = int(f.readline().split()[0])
    for i, line in enumerate(f, 1):
        x = line.split(); d[i] = int(x[0]); G.add_node(i)
        for p in x[2:]: G.add_edge(int(p), i)
order = list(nx.topological_sort(G)); ef = {}
for i in order: ef[i] = max((ef[p] for p in G.pred[i]), default=0) + d[i]
end = max(ef.values()); lf = {}
for i in reversed(order): lf[i] = min((lf[s] - d[s] for s in G.succ[i]), default=end)
with open(sys.argv[2], 'w') as out:
    for i in order: out.write(f'{i},{ef[i]-d[i]},{ef[i]},{lf[i]-d[i]},{lf[i]}\\n')
print(end, sum(ef[i] - d[i] for i in order), sum(lf.values()))
"""


def generate(path, n):
    spec = importlib.util.spec_from_file_location("gen_dag", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return list(module.gen(n, 1))


def measured(command, out=os.devnull):
    """Wall-clock seconds, CPU seconds and MiB of a command."""
    import time
    begin = time.perf_counter()
    with open(out, "w") as file:
        child = subprocess.Popen(command, stdout=file, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begin
    done = "" if status == 0 else " (failed)"
    cpu = usage.ru_utime + usage.ru_stime
    return f"{wall:.2f} s | {cpu:.2f} s | {usage.ru_maxrss // 1024} MiB{done}"


def project(tasks, folder):
    """A TaskJuggler project: every half hour of every day is worked."""
    lines = [
        'project p "p" 2015-01-01 - 2017-01-01 { timezone "UTC" timingresolution 30min',
        "  workinghours mon - sun 0:00 - 24:00 }",
    ]
    for i, (minutes, preds) in enumerate(tasks, 1):
        waits = f" depends {', '.join(f't{p}' for p in preds)}" if preds else ""
        lines.append(f'task t{i} "{i}" {{ duration {minutes}min{waits} }}')
    lines.append('taskreport r "r" { formats csv columns id, start, end }')
    with open(f"{folder}/p.tjp", "w") as file:
        file.write("\n".join(lines) + "\n")


def main():
    shigan, gen_dag = sys.argv[1:3]
    print("| tasks | with | wall clock | CPU | memory |\n|---|---|---|---|---|")
    for n in map(int, sys.argv[3:] or ["1000", "10000", "1000000"]):
        tasks = generate(gen_dag, n)
        with tempfile.TemporaryDirectory() as folder:
            with open(f"{folder}/dag.csv", "w") as file:
                file.write("uid,name,duration_min,predecessors\n")
                for i, (minutes, preds) in enumerate(tasks, 1):
                    links = " ".join(f"{p}:FS:0" for p in preds)
                    file.write(f"{i},task {i},{minutes},{links}\n")
            with open(f"{folder}/dag.txt", "w") as file:
                file.write(f"{n} 0\n")
                for minutes, preds in tasks:
                    file.write(" ".join(map(str, [minutes, len(preds), *preds])) + "\n")
            start = ["--calendar", "continuous", "--start", "2015-01-01T00:00"]
            ours = measured([shigan, "schedule", f"{folder}/dag.csv", *start], f"{folder}/out")
            print(f"| {n:,} | shigan schedule | {ours} |", flush=True)
            if importlib.util.find_spec("networkx"):
                script = [sys.executable, "-c", PASSES, f"{folder}/dag.txt", f"{folder}/nx.csv"]
                print(f"| {n:,} | networkx | {measured(script)} |", flush=True)
            if shutil.which("tj3") and n <= 10_000:
                project(tasks, folder)
                tj3 = ["tj3", "--silent", "-o", folder, f"{folder}/p.tjp"]
                print(f"| {n:,} | TaskJuggler | {measured(tj3)} |", flush=True)


main()
