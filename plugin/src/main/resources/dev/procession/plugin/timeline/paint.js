"use strict";
// Draws one frame. Knows nothing of mice and keys.
{
  const STATE = 20;
  const ROW = 15;
  const GAP = 10;
  const CURVE = 58;
  const AXIS = 26;
  const WORDS = 15;
  const NARROW = 620;
  ProcessionTimeline.AXIS = AXIS;

  // One strip for each lane and each curve, from top to bottom.
  ProcessionTimeline.layout = function (data) {
    const strips = [];
    let y = AXIS + 6;
    data.lanes.forEach((lane, index) => {
      const height = STATE + (lane.rows - 1) * ROW;
      const first = index === 0 || data.lanes[index - 1].process !== lane.process;
      y += first ? 0 : -GAP + 3;
      strips.push({ lane: index, curve: -1, first, y, height });
      y += height + GAP;
    });
    data.curves.forEach((curve, index) => {
      strips.push({ lane: -1, curve: index, first: true, y, height: CURVE });
      y += CURVE + GAP;
    });
    return { strips, height: y, ofLane: new Map(strips.filter((strip) => strip.lane >= 0).map((strip) => [strip.lane, strip])) };
  };

  ProcessionTimeline.rowBox = (strip, row) => (row === 0 ? { y: strip.y, height: STATE } : { y: strip.y + STATE + (row - 1) * ROW + 1, height: ROW - 2 });

  // Patterns tell the kinds apart where colours do not.
  const SHAPES = {
    wait: (c) => { c.moveTo(-2, 10); c.lineTo(10, -2); c.moveTo(2, 14); c.lineTo(14, 2); },
    sleep: (c) => { c.arc(3, 3, 1.1, 0, 7); c.moveTo(10, 9); c.arc(9, 9, 1.1, 0, 7); },
    boot: (c) => { c.moveTo(3, 0); c.lineTo(3, 12); c.moveTo(9, 0); c.lineTo(9, 12); },
    dead: (c) => { c.moveTo(0, 0); c.lineTo(12, 12); c.moveTo(12, 0); c.lineTo(0, 12); },
  };

  ProcessionTimeline.Ink = class {
    constructor(context, element) {
      this.context = context;
      const style = getComputedStyle(element);
      this.color = (name) => style.getPropertyValue("--" + name).trim();
      this.colors = {};
      for (const name of ["surface", "text", "muted", "grid", "run", "wait", "sleep", "boot", "hold", "task", "span", "dead", "line", "on-fill", "arrow-start", "arrow-wake", "arrow-message", "arrow-death", "arrow-end", "curve", "mark", "found", "focus"]) {
        this.colors[name] = this.color(name);
      }
      this.fills = { run: this.colors.run, hold: this.colors.hold, task: this.colors.task, span: this.colors.span };
      for (const name of Object.keys(SHAPES)) {
        this.fills[name] = this.pattern(name);
      }
    }

    pattern(name) {
      const tile = document.createElement("canvas");
      tile.width = tile.height = 12;
      const c = tile.getContext("2d");
      c.fillStyle = this.colors[name];
      c.fillRect(0, 0, 12, 12);
      c.strokeStyle = c.fillStyle = this.colors.line;
      c.lineWidth = 1.1;
      c.beginPath();
      SHAPES[name](c);
      if (name === "sleep") {
        c.fill();
      } else {
        c.stroke();
      }
      return this.context.createPattern(tile, "repeat");
    }
  };

  // A step of 1, 2 or 5 times a power of ten that leaves room for the words.
  function tickStep(nanosPerPixel) {
    const least = nanosPerPixel * 96;
    const power = 10 ** Math.floor(Math.log10(least));
    return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least);
  }

  // frame: { data, layout, ink, context, width, height, gutter, from, to, scroll, found, focus, arrows }
  ProcessionTimeline.paint = function (frame) {
    const { context, width, height, ink, layout } = frame;
    context.fillStyle = ink.colors.surface;
    context.fillRect(0, 0, width, height);
    frame.scale = (width - frame.gutter) / (frame.to - frame.from);
    frame.x = (time) => frame.gutter + (time - frame.from) * frame.scale;
    frame.font = getComputedStyle(frame.host).fontFamily;
    context.textBaseline = "middle";
    grid(frame);
    context.save();
    context.beginPath();
    context.rect(frame.gutter, AXIS, width - frame.gutter, height - AXIS);
    context.clip();
    context.translate(0, -frame.scroll);
    for (const strip of layout.strips) {
      if (strip.y + strip.height >= frame.scroll && strip.y <= frame.scroll + height) {
        if (strip.lane >= 0) {
          lane(frame, strip);
        } else {
          curve(frame, strip);
        }
      }
    }
    marks(frame);
    const shown = frame.arrows ? arrows(frame) : { drawn: 0, visible: 0 };
    focus(frame);
    context.restore();
    gutter(frame);
    axis(frame);
    scrollBar(frame);
    return shown;
  };

  function scrollBar(frame) {
    const all = layoutHeight(frame.layout);
    const room = frame.height - AXIS;
    if (all > frame.height + 1) {
      const { context, ink } = frame;
      context.fillStyle = ink.colors.muted;
      context.globalAlpha = 0.5;
      context.fillRect(frame.width - 6, AXIS + (frame.scroll / all) * room, 5, Math.max(18, (room * frame.height) / all));
      context.globalAlpha = 1;
    }
  }

  // With a line below the lanes for what marks say.
  function layoutHeight(layout) {
    return layout.height + 8 + layout.words * WORDS;
  }
  ProcessionTimeline.layoutHeight = layoutHeight;

  function ticks(frame, each) {
    const step = tickStep(1 / frame.scale);
    for (let count = Math.ceil(Math.max(0, frame.from) / step); count * step <= frame.to; count++) {
      each(frame.x(count * step), count * step);
    }
  }

  function grid(frame) {
    const { context } = frame;
    context.strokeStyle = frame.ink.colors.grid;
    context.lineWidth = 1;
    context.beginPath();
    ticks(frame, (x) => {
      context.moveTo(Math.round(x) + 0.5, AXIS);
      context.lineTo(Math.round(x) + 0.5, frame.height);
    });
    context.stroke();
  }

  function axis(frame) {
    const { context, ink } = frame;
    context.fillStyle = ink.colors.surface;
    context.fillRect(0, 0, frame.width, AXIS);
    context.fillStyle = ink.colors.muted;
    context.font = "11px " + frame.font;
    context.textAlign = "center";
    ticks(frame, (x, time) => {
      if (x < frame.width - 24 && x > frame.gutter + 4) {
        context.fillText(ProcessionTimeline.duration(time), x, AXIS / 2);
      }
    });
    context.fillStyle = ink.colors.grid;
    context.fillRect(0, AXIS - 1, frame.width, 1);
  }

  function lane(frame, strip) {
    const { context, ink, data } = frame;
    const lane = data.lanes[strip.lane];
    const process = data.processes[lane.process];
    const box = ProcessionTimeline.rowBox(strip, 0);
    const left = Math.max(frame.gutter - 2, frame.x(lane.begin));
    const right = Math.min(frame.width + 2, Math.max(frame.x(lane.end), frame.x(lane.begin) + 1.5));
    if (right > left) {
      context.fillStyle = ink.fills.run;
      context.globalAlpha = process.attached < 0 ? 0.45 : 1;
      context.fillRect(left, box.y, right - left, box.height);
      context.globalAlpha = 1;
    }
    bars(frame, strip, lane);
    if (process.ended >= 0 && strip.first) {
      end(frame, box, process);
    }
    dots(frame, box, lane);
  }

  function end(frame, box, process) {
    const { context, ink } = frame;
    const x = Math.max(frame.gutter, frame.x(process.ended));
    context.globalAlpha = 0.55;
    context.fillStyle = ink.fills.dead;
    context.fillRect(x, box.y, frame.width - x, box.height);
    context.globalAlpha = 1;
    const inOrder = process.exitCode === 0 || process.dismissed;
    context.fillStyle = inOrder ? ink.colors.text : ink.colors["arrow-death"];
    context.fillRect(x - 1, box.y - 2, 2.5, box.height + 4);
    context.font = "600 11px " + frame.font;
    const needs = (text) => context.measureText(text).width + 10;
    const words = ProcessionTimeline.endTexts(process).find((text) => frame.width - x > needs(text));
    if (words) {
      const need = needs(words);
      context.fillStyle = ink.colors.surface;
      context.fillRect(x + 3, box.y + 2, need - 2, box.height - 4);
      context.fillStyle = inOrder ? ink.colors.muted : ink.colors["arrow-death"];
      context.textAlign = "left";
      context.fillText(words, x + 7, box.y + box.height / 2 + 0.5);
    }
  }

  // Bars that are narrower than a pixel are summed up for each pixel and drawn as high as their share of it is.
  function bars(frame, strip, lane) {
    const { context, ink, data } = frame;
    const all = lane.bars;
    const columns = [];
    const last = ProcessionTimeline.firstFrom(all.begin, frame.to);
    const { from, scale, gutter } = frame;
    for (let i = 0; i < last; i++) {
      if (all.end[i] < from) {
        continue;
      }
      const x0 = gutter + (all.begin[i] - from) * scale;
      const x1 = gutter + (all.end[i] - from) * scale;
      if (x1 - x0 < 1 && last > 400) {
        share(columns, all.kind[i], all.row[i], x0 - frame.gutter, x1 - x0, frame.width - frame.gutter);
        continue;
      }
      bar(frame, strip, all, i, x0, x1);
    }
    columns.forEach((column) => {
      const box = ProcessionTimeline.rowBox(strip, column.row);
      context.fillStyle = ink.colors[ProcessionTimeline.kinds[column.kind]];
      for (let x = 0; x < column.share.length; x++) {
        if (column.share[x] > 0) {
          const height = Math.max(1, Math.min(1, column.share[x]) * box.height);
          context.fillRect(frame.gutter + x, box.y + box.height - height, 1, height);
        }
      }
    });
  }

  function share(columns, kind, row, x, width, most) {
    const key = kind * 16 + row;
    let column = columns[key];
    if (!column) {
      column = { kind, row, share: new Float32Array(Math.max(1, Math.ceil(most))) };
      columns[key] = column;
    }
    const at = Math.floor(x);
    if (at >= 0 && at < column.share.length) {
      column.share[at] += Math.max(width, 0.02);
    }
  }

  function bar(frame, strip, all, i, x0, x1) {
    const { context, ink, data } = frame;
    const kind = ProcessionTimeline.kinds[all.kind[i]];
    const box = ProcessionTimeline.rowBox(strip, all.row[i]);
    const left = Math.max(x0, frame.gutter - 3);
    const width = Math.max(1.5, Math.min(x1, frame.width + 3) - left);
    const dim = frame.found && !frame.found.bar(all, i);
    context.globalAlpha = dim ? 0.18 : 1;
    context.fillStyle = ink.fills[kind];
    context.fillRect(left, box.y, width, box.height);
    const outcome = ProcessionTimeline.outcomes[all.outcome[i]];
    if (width > 3 && kind !== "boot") {
      context.strokeStyle = ink.colors.line;
      context.lineWidth = 1;
      context.strokeRect(left + 0.5, box.y + 0.5, width - 1, box.height - 1);
    }
    if (outcome === "died" || outcome === "failed") {
      context.fillStyle = ink.colors["arrow-death"];
      context.fillRect(left + width - 3, box.y, 3, box.height);
    }
    if (width > 26) {
      label(frame, box, left, width, barWords(data, all, i, kind, outcome), kind !== "hold" && kind !== "task" && kind !== "span");
    }
    context.globalAlpha = 1;
  }

  function barWords(data, all, i, kind, outcome) {
    const label = ProcessionTimeline.barLabel(data, all, i);
    if (kind === "wait") {
      return label + (outcome === "timedOut" ? " \u00b7 " + ProcessionTimeline.say("late.short") : "");
    }
    if (kind === "sleep") {
      return ProcessionTimeline.say("sleep.short");
    }
    if (kind === "boot") {
      return "";
    }
    return label + (outcome === "died" ? " \u2020" : outcome === "failed" ? " \u00d7" : "");
  }

  function label(frame, box, left, width, words, onPattern) {
    const { context, ink } = frame;
    context.font = (box.height < 16 ? "10.5px " : "11.5px ") + frame.font;
    context.textAlign = "left";
    let text = words;
    const room = width - 8;
    if (context.measureText(text).width > room) {
      let cut = text.length;
      while (cut > 1 && context.measureText(text.slice(0, cut) + "\u2026").width > room) {
        cut--;
      }
      text = cut > 2 ? text.slice(0, cut) + "\u2026" : "";
    }
    if (!text) {
      return;
    }
    if (onPattern) {
      context.fillStyle = ink.colors.surface;
      context.globalAlpha *= 0.82;
      context.fillRect(left + 2, box.y + 3, context.measureText(text).width + 6, box.height - 6);
      context.globalAlpha = Math.min(1, context.globalAlpha / 0.82);
    }
    context.fillStyle = onPattern ? ink.colors.text : ink.colors["on-fill"];
    context.fillText(text, left + 5, box.y + box.height / 2 + 0.5);
  }

  // A shape for each kind: up and down, ring and disc, so that no colour is needed.
  const DOTS = {
    SET: (c, x, y) => { c.moveTo(x - 5, y + 4); c.lineTo(x, y - 5); c.lineTo(x + 5, y + 4); c.closePath(); },
    CLEARED: (c, x, y) => { c.moveTo(x - 5, y - 4); c.lineTo(x, y + 5); c.lineTo(x + 5, y - 4); c.closePath(); },
    SIGNALLED: (c, x, y) => { c.moveTo(x, y - 5.5); c.lineTo(x + 5.5, y); c.lineTo(x, y + 5.5); c.lineTo(x - 5.5, y); c.closePath(); },
    MARK: (c, x, y) => { c.rect(x - 3.5, y - 3.5, 7, 7); },
    OTHER: (c, x, y) => { c.arc(x, y, 3.2, 0, 7); },
  };
  const HIDDEN = new Set(["PROCESS_STARTED", "PROCESS_DISMISSED", "PROCESS_ENDED", "EXITING", "BARRIER_ARRIVED", "VALUE_WRITTEN"]);
  const RINGS = new Set(["QUEUE_TAKEN", "MESSAGE_RECEIVED", "QUEUE_DONE"]);
  ProcessionTimeline.isHiddenDot = (kind) => HIDDEN.has(kind);

  function dots(frame, box, lane) {
    const { context, ink, data } = frame;
    const all = lane.dots;
    const y = box.y + box.height / 2;
    // Where the last one of each kind was drawn: one on top of another tells nothing.
    const lastX = data.dotKinds.map((kind) => (HIDDEN.has(kind) ? Infinity : -99));
    const { from, scale, gutter } = frame;
    const crowded = ProcessionTimeline.firstFrom(all.time, frame.to) - ProcessionTimeline.firstFrom(all.time, from) > 400;
    const near = crowded ? 9 : 2.5;
    for (let i = ProcessionTimeline.firstFrom(all.time, from); i < all.count && all.time[i] <= frame.to; i++) {
      const x = gutter + (all.time[i] - from) * scale;
      if (x - lastX[all.kind[i]] < near) {
        continue;
      }
      lastX[all.kind[i]] = x;
      const kind = data.dotKinds[all.kind[i]];
      context.beginPath();
      (DOTS[kind] || DOTS.OTHER)(context, x, y);
      context.fillStyle = RINGS.has(kind) ? ink.colors.surface : kind.startsWith("QUEUE") || kind.startsWith("MESSAGE") ? ink.colors["arrow-message"] : kind === "OWNER_DIED" || kind === "BARRIER_BROKEN" ? ink.colors["arrow-death"] : ink.colors.mark;
      context.strokeStyle = RINGS.has(kind) ? ink.colors["arrow-message"] : ink.colors.surface;
      context.lineWidth = 1.4;
      context.globalAlpha = frame.found && !frame.found.dot(all, i) ? 0.2 : 1;
      context.fill();
      context.stroke();
      context.globalAlpha = 1;
    }
  }

  // Marks and the passes of barriers concern everybody: a line through all lanes.
  function marks(frame) {
    const { context, ink, data } = frame;
    const free = new Array(frame.layout.words).fill(frame.gutter - 99);
    const labels = [];
    let lastX = -99;
    for (const line of frame.lines) {
      if (line.time < frame.from || line.time > frame.to) {
        continue;
      }
      const x = Math.round(frame.x(line.time)) + 0.5;
      const words = line.mark ? ProcessionTimeline.markText(data, line.text) : "";
      context.font = "600 11px " + frame.font;
      const short = fit(context, words.length > 80 ? words.slice(0, 79) + "\u2026" : words, frame.width - frame.gutter - 14);
      const wide = context.measureText(short).width + 12;
      const at = Math.min(x + 3, Math.max(frame.gutter, frame.width - wide));
      const row = line.mark ? free.findIndex((end) => at > end) : -1;
      if (x - lastX < 2 && row < 0) {
        continue;
      }
      lastX = x;
      context.strokeStyle = line.broken ? ink.colors["arrow-death"] : ink.colors.mark;
      context.setLineDash(line.mark ? [5, 4] : [2, 3]);
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(x, frame.scroll + AXIS);
      context.lineTo(x, frame.layout.height + 2 + Math.max(0, row) * WORDS + (row < 0 ? 0 : 8));
      context.stroke();
      context.setLineDash([]);
      if (row >= 0) {
        labels.push({ short, at, y: frame.layout.height + 4 + row * WORDS + 6, width: wide - 6 });
        free[row] = at + wide;
      }
    }
    // Behind all lines: the line of a later mark must not run through the words of an earlier one.
    context.textAlign = "left";
    for (const label of labels) {
      context.fillStyle = ink.colors.surface;
      context.fillRect(label.at, label.y - 7, label.width, 14);
      context.fillStyle = ink.colors.mark;
      context.fillText(label.short, label.at + 2, label.y);
    }
  }

  const MOST_ARROWS = 2500;

  function arrows(frame) {
    const { context, ink, data } = frame;
    const all = data.arrows;
    const seen = new Set();
    let drawn = 0;
    let visible = 0;
    // Too many to be told apart: some of all times, not all of the first.
    const some = Math.ceil((ProcessionTimeline.firstFrom(all.from, frame.to) - ProcessionTimeline.firstFrom(all.from, frame.from)) / MOST_ARROWS);
    for (let i = 0; i < all.count; i++) {
      if (all.from[i] > frame.to) {
        break;
      }
      if (all.to[i] < frame.from) {
        continue;
      }
      visible++;
      if (drawn >= MOST_ARROWS || (some > 1 && i % some !== 0)) {
        continue;
      }
      const from = frame.layout.ofLane.get(all.fromLane[i]);
      const to = frame.layout.ofLane.get(all.toLane[i]);
      const x0 = frame.x(all.from[i]);
      const x1 = frame.x(all.to[i]);
      const key = (((x0 / 3) | 0) * 2048 + all.fromLane[i]) * 2048 + all.toLane[i];
      if (seen.has(key)) {
        continue;
      }
      seen.add(key);
      drawn++;
      const down = to.y > from.y;
      const y0 = ProcessionTimeline.rowBox(from, 0).y + (down ? STATE : 0);
      const y1 = ProcessionTimeline.rowBox(to, 0).y + (down ? 0 : STATE);
      const kind = ProcessionTimeline.arrowKinds[all.kind[i]];
      const dim = frame.found && !frame.found.object(all.object[i]);
      arrow(context, x0, y0, x1, y1, kind, ink.colors["arrow-" + kind], dim ? 0.12 : some > 2 ? 0.3 : 0.9);
    }
    return { drawn, visible };
  }

  const DASHES = { start: [1, 3], wake: [], message: [6, 3], death: [2, 2], end: [1, 3] };

  function arrow(context, x0, y0, x1, y1, kind, color, alpha) {
    const down = y1 > y0 ? 1 : -1;
    const bend = Math.min(26, Math.abs(y1 - y0) / 2) * down;
    context.globalAlpha = alpha;
    context.strokeStyle = context.fillStyle = color;
    context.lineWidth = kind === "death" ? 2 : 1.4;
    context.setLineDash(DASHES[kind]);
    context.beginPath();
    context.moveTo(x0, y0);
    context.bezierCurveTo(x0, y0 + bend, x1, y1 - bend, x1, y1 - 5 * down);
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x1 - 3.6, y1 - 7 * down);
    context.lineTo(x1 + 3.6, y1 - 7 * down);
    context.closePath();
    context.fill();
    context.globalAlpha = 1;
  }

  function curve(frame, strip) {
    const { context, ink, data } = frame;
    const curve = data.curves[strip.curve];
    const most = Math.max(1, frame.most[strip.curve]);
    const height = (value) => strip.y + strip.height - (value / most) * (strip.height - top(frame));
    const base = strip.y + strip.height;
    context.fillStyle = ink.colors.grid;
    context.fillRect(frame.gutter, base, frame.width, 1);
    const edge = Math.min(frame.width, frame.x(data.end));
    let started = false;
    let y = base;
    let x = frame.gutter;
    context.beginPath();
    for (let i = Math.max(0, ProcessionTimeline.firstFrom(curve.time, frame.from) - 1); i < curve.time.length && curve.time[i] <= frame.to; i++) {
      const next = Math.max(frame.gutter, frame.x(curve.time[i]));
      if (started && next - x >= 0.5) {
        x = next;
        context.lineTo(x, y);
      } else if (!started) {
        x = next;
      }
      y = height(curve.value[i]);
      context[started ? "lineTo" : "moveTo"](x, y);
      started = true;
    }
    if (started) {
      context.lineTo(edge, y);
      context.strokeStyle = ink.colors.curve;
      context.lineWidth = 1.8;
      context.stroke();
      context.lineTo(edge, base);
      context.lineTo(Math.max(frame.gutter, frame.x(curve.time[0])), base);
      context.globalAlpha = 0.16;
      context.fillStyle = ink.colors.curve;
      context.fill();
      context.globalAlpha = 1;
    }
    if (frame.width < NARROW) {
      title(frame, strip, curve);
    }
  }

  // Where the highest value of a curve is: below its name, if that stands in the picture.
  const top = (frame) => (frame.width < NARROW ? 19 : 8);

  const curveName = (data, curve) => (curve.object >= 0 && data.objects[curve.object][1]) || ProcessionTimeline.curveTitle(data, curve);

  // Beside a narrow picture there is no room for what a curve is, so it stands in it, on paper of its own.
  function title(frame, strip, curve) {
    const { context, ink, data } = frame;
    const room = frame.width - frame.gutter - 16;
    context.font = "600 11.5px " + frame.font;
    const name = fit(context, curveName(data, curve), room);
    const wide = context.measureText(name).width;
    context.font = "11px " + frame.font;
    const kind = fit(context, ProcessionTimeline.say("curve." + curve.kind), room - wide - 6);
    context.globalAlpha = 0.8;
    context.fillStyle = ink.colors.surface;
    context.fillRect(frame.gutter + 3, strip.y, wide + (kind ? 6 + context.measureText(kind).width : 0) + 6, 16);
    context.globalAlpha = 1;
    context.fillStyle = ink.colors.muted;
    context.fillText(kind, frame.gutter + 6 + wide + 6, strip.y + 8.5);
    context.fillStyle = ink.colors.text;
    context.font = "600 11.5px " + frame.font;
    context.fillText(name, frame.gutter + 6, strip.y + 8.5);
  }

  // So wide that every name of a process fits, if that leaves most of the width to the picture.
  ProcessionTimeline.gutterOf = function (context, host, data, width) {
    context.font = "600 12.5px " + getComputedStyle(host).fontFamily;
    const widest = data.processes.slice(0, 500).reduce((most, process) => Math.max(most, context.measureText(ProcessionTimeline.processName(process)).width), 0);
    return Math.round(width < NARROW ? Math.min(Math.max(64, widest + 18), width * 0.36) : Math.min(Math.max(190, widest + 62), 280));
  };

  function gutter(frame) {
    const { context, ink, data } = frame;
    context.save();
    context.beginPath();
    context.rect(0, AXIS, frame.gutter - 1, frame.height - AXIS);
    context.clip();
    context.fillStyle = ink.colors.surface;
    context.fillRect(0, AXIS, frame.gutter - 1, frame.height);
    context.translate(0, -frame.scroll);
    for (const strip of frame.layout.strips) {
      if (strip.y + strip.height < frame.scroll || strip.y > frame.scroll + frame.height) {
        continue;
      }
      const middle = strip.y + STATE / 2 + 0.5;
      if (strip.lane >= 0) {
        const lane = data.lanes[strip.lane];
        const process = data.processes[lane.process];
        const room = frame.gutter - 14;
        context.textAlign = "left";
        if (strip.first) {
          context.fillStyle = ink.colors.text;
          context.font = "600 12.5px " + frame.font;
          const name = fit(context, ProcessionTimeline.processName(process), frame.width < NARROW ? room : room - 44);
          context.fillText(name, 8, middle);
          const wide = context.measureText(name).width;
          context.fillStyle = ink.colors.muted;
          context.font = "11px " + frame.font;
          if (context.measureText(String(process.pid)).width <= room - wide - 6) {
            context.fillText(String(process.pid), 8 + wide + 6, middle);
          }
        } else {
          context.fillStyle = ink.colors.muted;
          context.font = "11px " + frame.font;
          context.fillText(fit(context, "\u2514 " + (lane.thread || ProcessionTimeline.say("thread.unnamed")), room), 12, middle);
        }
      } else {
        const curve = data.curves[strip.curve];
        context.fillStyle = ink.colors.text;
        context.font = "600 12px " + frame.font;
        if (frame.width >= NARROW) {
          context.fillText(fit(context, curveName(data, curve), frame.gutter - 40), 8, middle);
        }
        context.fillStyle = ink.colors.muted;
        context.font = "11px " + frame.font;
        if (frame.width >= NARROW) {
          context.fillText(fit(context, ProcessionTimeline.say("curve." + curve.kind), frame.gutter - 40), 8, middle + 15);
        }
        context.textAlign = "right";
        context.fillText(ProcessionTimeline.curveNumber(curve, frame.most[strip.curve]), frame.gutter - 6, strip.y + top(frame) + 1);
        context.fillText("0", frame.gutter - 6, strip.y + strip.height - 5);
        context.textAlign = "left";
      }
    }
    context.restore();
    context.fillStyle = ink.colors.grid;
    context.fillRect(frame.gutter - 1, 0, 1, frame.height);
  }

  function fit(context, text, room) {
    if (room < 12) {
      return "";
    }
    let result = text.length > 200 ? text.slice(0, 200) : text;
    while (result.length > 1 && context.measureText(result).width > room) {
      result = result.slice(0, result.endsWith("\u2026") ? -2 : -1) + "\u2026";
    }
    return result;
  }

  function focus(frame) {
    if (!frame.focus) {
      return;
    }
    const { context, ink, data } = frame;
    const strip = frame.layout.ofLane.get(frame.focus.lane);
    if (!strip) {
      return;
    }
    let box = ProcessionTimeline.rowBox(strip, 0);
    let left = frame.gutter;
    let right = frame.width;
    if (frame.focus.bar >= 0) {
      const all = data.lanes[frame.focus.lane].bars;
      box = ProcessionTimeline.rowBox(strip, all.row[frame.focus.bar]);
      left = frame.x(all.begin[frame.focus.bar]);
      right = Math.max(left + 3, frame.x(all.end[frame.focus.bar]));
    } else {
      box = { y: strip.y, height: strip.height };
    }
    context.strokeStyle = ink.colors.focus;
    context.lineWidth = 2;
    context.strokeRect(Math.max(frame.gutter + 1, left) - 1, box.y - 1, Math.min(frame.width - 1, right) - Math.max(frame.gutter + 1, left) + 2, box.height + 2);
  }
}
