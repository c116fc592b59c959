"""What the engines are held against: the same work without time, in C, and over networkx as one would write it."""

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from heapq import heappop, heappush
from pathlib import Path

import networkx as nx
import numpy as np

from dependencies.compiling import compiled
from dependencies.packed import Packed
from dependencies.permanent import Desk, Wires

C_SOURCE = """
#include <stdint.h>
typedef int32_t i; typedef int64_t l;
l settle(const i*fs,const i*co,const uint8_t*ki,const i*fl,const i*gr,const i*gc,const uint8_t*gk,const i*w,
         const l*room,i K,i src,i H,i*minute,i*left,i*settled,i*used,i*q,i*qt,l*head,l*tail){
  for(i k=0;k<K;k++)head[k]=tail[k]=room[k];
  l n=0,done=0,u=0; i now=0; minute[src]=-1; settled[n++]=src;
  for(;;){
    while(done<n){ i v=settled[done++];
      for(i e=fs[v];e<fs[v+1];e++){ i k=ki[e],c=co[e],t=now+w[k];
        if(t<minute[c]){ if(t==now){minute[c]=-now-1;settled[n++]=c;}
          else{minute[c]=t;q[tail[k]]=c;qt[tail[k]++]=t;} } }
      for(i e=fl[v];e<fl[v+1];e++){ i g=gr[e]; used[u++]=g;
        if(--left[g]==0){ i k=gk[g],c=gc[g],t=now+w[k];
          if(t<minute[c]){ if(t==now){minute[c]=-now-1;settled[n++]=c;}
            else{minute[c]=t;q[tail[k]]=c;qt[tail[k]++]=t;} } } } }
    i next=H; for(i k=0;k<K;k++) if(head[k]<tail[k]&&qt[head[k]]<next) next=qt[head[k]];
    if(next>=H) return n|(u<<32);
    now=next;
    for(i k=0;k<K;k++) while(head[k]<tail[k]&&qt[head[k]]==now){ i v=q[head[k]++];
      if(minute[v]==now){minute[v]=-now-1;settled[n++]=v;} } } }
"""


@compiled
def reach_untimed(of: Wires, at: Desk, source: int, horizon: int) -> tuple[int, int]:
    """What one loss reaches if nobody endures anything: the least work that any engine must do."""
    at.minute[source] = -1
    at.settled[0] = source
    settled, done, used = 1, 0, 0
    while done < settled:
        place = int(at.settled[done])
        done += 1
        for single in range(of.first_single[place], of.first_single[place + 1]):
            consumer = of.consumer[single]
            if at.minute[consumer] >= 0:
                at.minute[consumer] = -1
                at.settled[settled] = consumer
                settled += 1
        for link in range(of.first_link[place], of.first_link[place + 1]):
            group = of.group[link]
            at.used[used] = group
            used += 1
            at.left[group] -= 1
            if at.left[group] == 0:
                consumer = of.group_consumer[group]
                if at.minute[consumer] >= 0:
                    at.minute[consumer] = -1
                    at.settled[settled] = consumer
                    settled += 1
    return settled, used


def in_c(of: Wires, at: Desk, horizon: int) -> Callable[[int], tuple[int, int]] | None:
    """The engine's own work in C: gives what was settled and used; None where there is no compiler for C."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source, library = Path(folder) / "limit.c", Path(folder) / "limit.so"
        source.write_text(C_SOURCE)
        subprocess.run([compiler, "-O3", "-march=native", "-shared", "-fPIC", "-o", library, source], check=True)
        settle = ctypes.CDLL(str(library)).settle
    settle.restype = ctypes.c_int64
    columns = (of.first_single, of.consumer, of.kind, of.first_link, of.group, of.group_consumer, of.group_kind)
    work = (at.minute, at.left, at.settled, at.used, at.queue, at.queued_at, at.head, at.tail)
    given = [ctypes.c_void_p(column.ctypes.data) for column in (*columns, of.tolerances, of.room)]
    worked = [ctypes.c_void_p(column.ctypes.data) for column in work]
    kinds = len(of.tolerances)

    def run(source: int) -> tuple[int, int]:
        found = settle(*given, kinds, source, horizon, *worked)
        return found & 0xFFFFFFFF, found >> 32

    return run


def over_networkx(packed: Packed) -> Callable[[int, int], dict[int, int]]:
    """Losses for good over a DiGraph with a node for each need of several ways, by a heap."""
    graph = nx.DiGraph()
    graph.add_nodes_from(range(packed.functions))
    supplier = np.repeat(np.arange(packed.functions), np.diff(packed.first[: packed.functions + 1])).tolist()
    consumer, tolerance, losses = packed.consumer.tolist(), packed.tolerance.tolist(), packed.losses.tolist()
    for place, need in zip(supplier, packed.need.tolist(), strict=True):
        target, minutes = consumer[need], tolerance[need]
        if losses[need] > 1:
            graph.add_node(("need", need), losses=losses[need])
            graph.add_edge(place, ("need", need), minutes=0)
            graph.add_edge(("need", need), target, minutes=minutes)
        elif not graph.has_edge(place, target) or graph.edges[place, target]["minutes"] > minutes:
            graph.add_edge(place, target, minutes=minutes)
    return lambda source, horizon: _over(graph, source, horizon)


def _over(graph: nx.DiGraph, source: int, horizon: int) -> dict[int, int]:
    queue, found, gone, number = [(0, 0, source)], {}, {}, 0
    while queue:
        now, _, node = heappop(queue)
        if node in found:
            continue
        found[node] = now
        for other, facts in graph.adj[node].items():
            if isinstance(other, tuple):
                gone[other] = gone.get(other, 0) + 1
                if gone[other] != graph.nodes[other]["losses"]:
                    continue
            if (at := now + facts["minutes"]) < horizon:
                number += 1
                heappush(queue, (at, number, other))
    return {node: at for node, at in found.items() if not isinstance(node, tuple)}
