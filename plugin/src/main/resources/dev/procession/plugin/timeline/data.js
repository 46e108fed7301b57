"use strict";
// What the page was given, as columns that can be drawn fast.
const ProcessionTimeline = { kinds: ["boot", "wait", "sleep", "hold", "task", "span"], outcomes: ["done", "open", "timedOut", "interrupted", "failed", "died"], arrowKinds: ["start", "wake", "message", "death", "end"] };
{
  // Times come as differences, since small numbers take few characters.
  function sums(differences) {
    const result = new Float64Array(differences.length);
    let sum = 0;
    for (let i = 0; i < differences.length; i++) {
      sum += differences[i];
      result[i] = sum;
    }
    return result;
  }

  function bars(lane) {
    const begin = sums(lane.t);
    const end = new Float64Array(begin.length);
    const kind = new Uint8Array(begin.length);
    const outcome = new Uint8Array(begin.length);
    for (let i = 0; i < begin.length; i++) {
      end[i] = begin[i] + lane.d[i];
      kind[i] = lane.k[i] >> 3;
      outcome[i] = lane.k[i] & 7;
    }
    return { count: begin.length, begin, end, kind, outcome, object: Int32Array.from(lane.o), row: Uint8Array.from(lane.w), value: lane.v, text: lane.x };
  }

  function dots(lane) {
    return { count: lane.dt.length, time: sums(lane.dt), kind: Uint8Array.from(lane.dk), object: Int32Array.from(lane.do), value: lane.dv, text: lane.dx };
  }

  function arrows(columns) {
    const from = sums(columns.s);
    const to = new Float64Array(from.length);
    for (let i = 0; i < from.length; i++) {
      to[i] = from[i] + columns.d[i];
    }
    return { count: from.length, kind: Uint8Array.from(columns.k), object: Int32Array.from(columns.o), fromLane: Int32Array.from(columns.f), toLane: Int32Array.from(columns.g), from, to };
  }

  // By where an arrow ends: who waits wants to know who ended it.
  function arrivals(lanes, arrows) {
    const result = lanes.map(() => new Map());
    for (let i = 0; i < arrows.count; i++) {
      result[arrows.toLane[i]].set(arrows.to[i], i);
    }
    return result;
  }

  ProcessionTimeline.read = function (json) {
    const lanes = json.lanes.map((lane) => ({ process: lane.p, thread: lane.n, begin: lane.b, end: lane.e, rows: lane.r, bars: bars(lane), dots: dots(lane) }));
    const curves = json.curves.map((curve) => ({ kind: curve.k, object: curve.o, time: sums(curve.t), value: Float64Array.from(curve.v) }));
    const all = arrows(json.arrows);
    return { processes: json.processes, lanes, objects: json.objects, dotKinds: json.dotKinds, curves, arrows: all, arrivals: arrivals(lanes, all), end: Math.max(1, json.end), wall: json.wall, events: json.events, lost: json.lost, marks: json.marks };
  };

  // The first index whose value is not below the bound, in a sorted column.
  ProcessionTimeline.firstFrom = function (column, bound) {
    let low = 0;
    let high = column.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (column[middle] < bound) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  };
}
