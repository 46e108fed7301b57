"use strict";
// One timeline on the page: what is seen of it, and what mouse, keys and search do.
{
  const say = ProcessionTimeline.say;
  const NEAR = 5;
  const MOST_HEIGHT = 1600;
  const LEFT = 8;
  // So much that the ends of the processes have room for their words.
  const RIGHT = 128;

  ProcessionTimeline.View = class {
    constructor(section) {
      this.section = section;
      this.data = ProcessionTimeline.read(JSON.parse(section.querySelector("script[type='application/json']").textContent));
      this.layout = ProcessionTimeline.layout(this.data);
      this.host = section.querySelector(".tl-view");
      this.canvas = section.querySelector("canvas");
      this.tip = section.querySelector(".tl-tip");
      this.live = section.querySelector(".tl-live");
      this.status = section.querySelector(".tl-status");
      this.search = section.querySelector("input[type=search]");
      this.context = this.canvas.getContext("2d", { alpha: false });
      this.most = this.data.curves.map((curve) => curve.value.reduce((a, b) => Math.max(a, b), 0));
      this.lines = lines(this.data);
      this.arrows = true;
      this.focus = null;
      this.found = null;
      this.isWhole = true;
      this.pinned = false;
      this.shown = { drawn: 0, visible: 0 };
      // A tall picture scrolls with the page; a very tall one by itself, since a canvas cannot be as tall as that.
      this.layout.words = Math.min(5, this.lines.filter((line) => line.mark).length);
      const whole = ProcessionTimeline.layoutHeight(this.layout);
      this.canvas.style.height = (whole <= MOST_HEIGHT ? whole : Math.max(360, Math.round(window.innerHeight * 0.85))) + "px";
      this.listen();
      this.resize();
      this.fit();
      this.host.dataset.ready = "true";
    }

    // All of it, with a little room at both ends.
    fit() {
      const room = Math.max(60, (this.width || 800) - (this.gutter || 100));
      const right = Math.min(RIGHT, room / 6);
      const perPixel = this.data.end / Math.max(40, room - LEFT - right);
      this.from = -LEFT * perPixel;
      this.to = this.data.end + right * perPixel;
      this.isWhole = true;
      if (this.width) {
        this.draw();
      }
    }

    resize() {
      const ratio = window.devicePixelRatio || 1;
      const box = this.canvas.getBoundingClientRect();
      this.width = Math.max(200, box.width);
      this.height = box.height;
      this.gutter = ProcessionTimeline.gutterOf(this.context, this.host, this.data, this.width);
      this.canvas.width = Math.round(this.width * ratio);
      this.canvas.height = Math.round(this.height * ratio);
      this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
      this.layoutHeight = ProcessionTimeline.layoutHeight(this.layout);
      this.scrollTo(this.scroll || 0);
      this.ink = null;
      if (this.isWhole) {
        this.fit();
      }
      // At once: a canvas is empty when its size has changed.
      this.paintNow();
    }

    scrollTo(y) {
      this.scroll = Math.max(0, Math.min(y, this.layoutHeight - this.height));
    }

    recolor() {
      this.ink = null;
      this.hideTip();
      this.draw();
    }

    draw() {
      if (this.pending || !this.width) {
        return;
      }
      this.pending = true;
      requestAnimationFrame(() => {
        this.pending = false;
        this.paintNow();
      });
    }

    paintNow() {
        const begin = performance.now();
        this.ink = this.ink || new ProcessionTimeline.Ink(this.context, this.host);
        this.shown = ProcessionTimeline.paint({ data: this.data, layout: this.layout, ink: this.ink, context: this.context, host: this.host, width: this.width, height: this.height, gutter: this.gutter, from: this.from, to: this.to, scroll: this.scroll, found: this.found, focus: this.focus, arrows: this.arrows, most: this.most, lines: this.lines });
        this.host.dataset.frame = (performance.now() - begin).toFixed(1);
        this.tellStatus();
    }

    tellStatus() {
      const words = [say("status.range", ProcessionTimeline.duration(Math.max(0, this.from)), ProcessionTimeline.duration(Math.min(this.data.end, this.to)))];
      if (this.arrows && this.data.arrows.count > 0) {
        words.push(this.shown.drawn < this.shown.visible ? say("status.someArrows", ProcessionTimeline.number(this.shown.drawn), ProcessionTimeline.number(this.shown.visible)) : say("status.arrows", ProcessionTimeline.number(this.shown.visible)));
      }
      if (this.found) {
        words.push(say("status.found", ProcessionTimeline.number(this.found.count)));
      }
      this.status.textContent = words.join(" \u00b7 ");
    }

    zoom(factor, at = (this.from + this.to) / 2) {
      const least = 200;
      const most = this.data.end * 1.5 + 1000;
      const span = Math.max(least, Math.min(most, (this.to - this.from) * factor));
      const part = (at - this.from) / (this.to - this.from);
      this.from = at - span * part;
      this.to = this.from + span;
      this.keepInside();
      this.draw();
    }

    pan(part) {
      const by = (this.to - this.from) * part;
      this.from += by;
      this.to += by;
      this.keepInside();
      this.draw();
    }

    keepInside() {
      this.isWhole = false;
      const span = this.to - this.from;
      const low = -span * 0.5;
      const high = this.data.end + span * 0.5;
      if (this.from < low) {
        this.from = low;
        this.to = low + span;
      } else if (this.to > high) {
        this.to = high;
        this.from = high - span;
      }
    }

    time(x) {
      return this.from + ((x - this.gutter) / (this.width - this.gutter)) * (this.to - this.from);
    }

    listen() {
      const canvas = this.canvas;
      canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
      canvas.addEventListener("pointerdown", (event) => this.down(event));
      canvas.addEventListener("pointermove", (event) => this.move(event));
      canvas.addEventListener("pointerup", (event) => this.up(event));
      canvas.addEventListener("pointerleave", () => this.pinned || this.hideTip());
      canvas.addEventListener("dblclick", () => this.fit());
      canvas.addEventListener("keydown", (event) => this.key(event));
      canvas.addEventListener("blur", () => this.hideTip());
      this.search.addEventListener("input", () => this.find(this.search.value));
      this.search.addEventListener("keydown", (event) => {
        if (event.key === "Enter") {
          event.preventDefault();
          this.nextFound(event.shiftKey ? -1 : 1);
        }
      });
      const acts = { in: () => this.zoom(0.6), out: () => this.zoom(1 / 0.6), fit: () => this.fit(), left: () => this.pan(-0.25), right: () => this.pan(0.25) };
      for (const button of this.section.querySelectorAll("button[data-act]")) {
        button.addEventListener("click", () => acts[button.dataset.act]());
      }
      const arrows = this.section.querySelector("input[data-arrows]");
      arrows.addEventListener("change", () => {
        this.arrows = arrows.checked;
        this.draw();
      });
      new ResizeObserver(() => this.resize()).observe(this.canvas);
    }

    // With a key it zooms where the pointer is; otherwise the page scrolls as everywhere.
    wheel(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) {
        event.preventDefault();
        this.zoom(1.0018 ** event.deltaY, this.time(event.offsetX));
      } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault();
        this.pan((event.deltaX || event.deltaY) / this.width);
      } else if (this.layoutHeight > this.height) {
        const before = this.scroll;
        this.scrollTo(this.scroll + event.deltaY);
        if (this.scroll !== before) {
          event.preventDefault();
          this.draw();
        }
      }
    }

    down(event) {
      this.canvas.setPointerCapture(event.pointerId);
      this.drag = { x: event.offsetX, y: event.offsetY, from: this.from, to: this.to, scroll: this.scroll, moved: false };
    }

    move(event) {
      if (!this.drag) {
        if (!this.pinned) {
          this.hover(event.offsetX, event.offsetY);
        }
        return;
      }
      const dx = event.offsetX - this.drag.x;
      const dy = event.offsetY - this.drag.y;
      if (Math.abs(dx) + Math.abs(dy) > 4) {
        this.drag.moved = true;
        this.hideTip();
      }
      if (this.drag.moved) {
        const by = (-dx / (this.width - this.gutter)) * (this.drag.to - this.drag.from);
        this.from = this.drag.from + by;
        this.to = this.drag.to + by;
        this.keepInside();
        this.scrollTo(this.drag.scroll - dy);
        this.draw();
      }
    }

    up(event) {
      const clicked = this.drag && !this.drag.moved;
      this.drag = null;
      if (clicked) {
        this.pinned = false;
        this.pinned = this.hover(event.offsetX, event.offsetY);
        this.draw();
      }
    }

    stripAt(y) {
      const at = y + this.scroll;
      return this.layout.strips.find((strip) => at >= strip.y - 4 && at <= strip.y + strip.height + 4);
    }

    // What is under the pointer: the narrowest bar, or the nearest dot.
    hover(x, y) {
      const strip = y > ProcessionTimeline.AXIS ? this.stripAt(y) : undefined;
      if (!strip || x < this.gutter) {
        this.hideTip();
        return false;
      }
      const time = this.time(x);
      if (strip.curve >= 0) {
        return this.tipOf(this.curveLines(strip.curve, time), x, y);
      }
      const lane = this.data.lanes[strip.lane];
      const near = (NEAR / (this.width - this.gutter)) * (this.to - this.from);
      const found = [];
      const dot = this.dotAt(lane, time, near);
      if (dot >= 0) {
        found.push(...this.dotLines(strip.lane, dot));
      }
      const bar = this.barAt(strip, lane, time, near / 3, y + this.scroll);
      if (bar >= 0) {
        this.focus = { lane: strip.lane, bar };
        found.push(...this.barLines(strip.lane, bar));
      } else if (dot < 0) {
        found.push(...this.laneLines(strip.lane, time));
      }
      this.draw();
      return this.tipOf(found, x, y);
    }

    dotAt(lane, time, near) {
      let best = -1;
      let distance = near;
      for (let i = ProcessionTimeline.firstFrom(lane.dots.time, time - near); i < lane.dots.count && lane.dots.time[i] <= time + near; i++) {
        const away = Math.abs(lane.dots.time[i] - time);
        if (!ProcessionTimeline.isHiddenDot(this.data.dotKinds[lane.dots.kind[i]]) && away <= distance) {
          best = i;
          distance = away;
        }
      }
      return best;
    }

    barAt(strip, lane, time, near, y) {
      const all = lane.bars;
      let best = -1;
      for (let i = 0; i < all.count && all.begin[i] <= time + near; i++) {
        const box = ProcessionTimeline.rowBox(strip, all.row[i]);
        if (all.end[i] >= time - near && y >= box.y - 1 && y <= box.y + box.height + 1) {
          if (best < 0 || all.end[i] - all.begin[i] <= all.end[best] - all.begin[best]) {
            best = i;
          }
        }
      }
      return best;
    }

    barLines(index, i) {
      const { data } = this;
      const bars = data.lanes[index].bars;
      const outcome = ProcessionTimeline.outcomes[bars.outcome[i]];
      const result = [{ strong: true, text: ProcessionTimeline.barTitle(data, bars, i) }, { text: ProcessionTimeline.laneName(data, index) + " \u00b7 pid " + data.processes[data.lanes[index].process].pid }];
      result.push({ text: say("tip.time", ProcessionTimeline.duration(bars.begin[i]), ProcessionTimeline.duration(bars.end[i] - bars.begin[i])) });
      if (outcome !== "done") {
        result.push({ strong: true, text: say("outcome." + outcome) });
      }
      if (bars.value[i] > 1 && ProcessionTimeline.kinds[bars.kind[i]] !== "task") {
        result.push({ text: say("tip.amount", ProcessionTimeline.number(bars.value[i])) });
      }
      const arrow = ProcessionTimeline.kinds[bars.kind[i]] === "wait" ? data.arrivals[index].get(bars.end[i]) : undefined;
      if (arrow !== undefined) {
        result.push({ text: say("tip.woken", ProcessionTimeline.laneName(data, data.arrows.fromLane[arrow]), ProcessionTimeline.duration(data.arrows.to[arrow] - data.arrows.from[arrow])) });
      }
      return result;
    }

    dotLines(index, i) {
      const dots = this.data.lanes[index].dots;
      const result = [{ strong: true, text: ProcessionTimeline.dotTitle(this.data, dots, i) }, { text: ProcessionTimeline.laneName(this.data, index) + " \u00b7 " + say("tip.at", ProcessionTimeline.duration(dots.time[i])) }];
      const arrow = this.data.arrivals[index].get(dots.time[i]);
      if (arrow !== undefined) {
        result.push({ text: say("tip.from", ProcessionTimeline.laneName(this.data, this.data.arrows.fromLane[arrow]), ProcessionTimeline.duration(this.data.arrows.to[arrow] - this.data.arrows.from[arrow])) });
      }
      return result;
    }

    laneLines(index, time) {
      const lane = this.data.lanes[index];
      const process = this.data.processes[lane.process];
      const state = process.ended >= 0 && time > process.ended ? say("tip.ended", ProcessionTimeline.endText(process), ProcessionTimeline.duration(process.ended)) : time < lane.begin ? say("tip.notYet") : process.attached < 0 ? say("tip.outside") : say("tip.running");
      return [{ strong: true, text: ProcessionTimeline.laneName(this.data, index) + " \u00b7 pid " + process.pid }, { text: state }, { text: say("tip.at", ProcessionTimeline.duration(time)) }];
    }

    curveLines(index, time) {
      const curve = this.data.curves[index];
      const at = ProcessionTimeline.firstFrom(curve.time, time + 1) - 1;
      return [{ strong: true, text: ProcessionTimeline.curveTitle(this.data, curve) }, { text: say("curve." + curve.kind) + ": " + (at < 0 ? "\u2013" : ProcessionTimeline.curveNumber(curve, curve.value[at])) }, { text: say("tip.at", ProcessionTimeline.duration(time)) }];
    }

    tipOf(rows, x, y) {
      this.tip.replaceChildren(
        ...rows.map((row) => {
          const line = document.createElement(row.strong ? "strong" : "span");
          line.textContent = row.text;
          return line;
        }),
      );
      this.tip.hidden = false;
      const box = this.tip.getBoundingClientRect();
      this.tip.style.left = Math.max(4, Math.min(x + 14, this.width - box.width - 8)) + "px";
      const above = y + 20 + box.height > this.height + 40 && y > box.height + 16;
      this.tip.style.top = (above ? y - box.height - 12 : y + 18) + "px";
      return true;
    }

    hideTip() {
      this.tip.hidden = true;
      this.pinned = false;
      if (this.focus && document.activeElement !== this.canvas) {
        this.focus = null;
        this.draw();
      }
    }

    key(event) {
      const acts = {
        ArrowLeft: () => (event.shiftKey ? this.pan(-0.8) : this.pan(-0.15)),
        ArrowRight: () => (event.shiftKey ? this.pan(0.8) : this.pan(0.15)),
        ArrowUp: () => this.step(-1),
        ArrowDown: () => this.step(1),
        "+": () => this.zoom(0.6),
        "=": () => this.zoom(0.6),
        "-": () => this.zoom(1 / 0.6),
        0: () => this.fit(),
        Home: () => this.fit(),
        n: () => this.stepBar(1),
        p: () => this.stepBar(-1),
        Enter: () => this.zoomToFocus(),
        "/": () => this.search.focus(),
        Escape: () => this.leave(),
      };
      const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : acts[event.key];
      if (act) {
        event.preventDefault();
        act();
      }
    }

    leave() {
      this.focus = null;
      this.hideTip();
      this.draw();
    }

    step(by) {
      const lane = this.focus ? Math.max(0, Math.min(this.data.lanes.length - 1, this.focus.lane + by)) : 0;
      this.focus = { lane, bar: -1 };
      this.reveal();
      this.tell(this.laneLines(lane, (this.from + this.to) / 2).concat({ text: say("tell.bars", ProcessionTimeline.number(this.data.lanes[lane].bars.count)) }));
    }

    stepBar(by) {
      if (this.data.lanes.length === 0) {
        return;
      }
      const lane = this.focus ? this.focus.lane : 0;
      const bars = this.data.lanes[lane].bars;
      const before = this.focus ? this.focus.bar : -1;
      const bar = before < 0 && by < 0 ? bars.count - 1 : Math.min(bars.count - 1, Math.max(0, before + by));
      if (bar < 0) {
        return;
      }
      this.show(lane, bar);
    }

    show(lane, bar) {
      const bars = this.data.lanes[lane].bars;
      this.focus = { lane, bar };
      const span = this.to - this.from;
      if (bars.begin[bar] < this.from || bars.begin[bar] > this.to) {
        this.from = bars.begin[bar] - span / 3;
        this.to = this.from + span;
      }
      this.reveal();
      const rows = this.barLines(lane, bar);
      this.tell(rows);
      const strip = this.layout.ofLane.get(lane);
      const x = Math.max(this.gutter, this.gutter + ((bars.begin[bar] - this.from) / (this.to - this.from)) * (this.width - this.gutter));
      this.tipOf(rows, x, strip.y - this.scroll + strip.height);
      this.pinned = true;
    }

    zoomToFocus() {
      if (!this.focus || this.focus.bar < 0) {
        return;
      }
      const bars = this.data.lanes[this.focus.lane].bars;
      const length = Math.max(1000, bars.end[this.focus.bar] - bars.begin[this.focus.bar]);
      this.from = bars.begin[this.focus.bar] - length * 0.5;
      this.to = bars.end[this.focus.bar] + length * 0.5;
      this.show(this.focus.lane, this.focus.bar);
    }

    reveal() {
      const strip = this.layout.ofLane.get(this.focus.lane);
      if (strip.y - this.scroll < ProcessionTimeline.AXIS) {
        this.scrollTo(strip.y - ProcessionTimeline.AXIS - 6);
      } else if (strip.y + strip.height - this.scroll > this.height) {
        this.scrollTo(strip.y + strip.height - this.height + 24);
      }
      this.draw();
    }

    tell(rows) {
      this.live.textContent = rows.map((row) => row.text).join(". ");
    }

    find(typed) {
      this.found = ProcessionTimeline.find(this.data, typed);
      this.foundAt = -1;
      this.draw();
    }

    nextFound(by) {
      if (!this.found || this.found.count === 0) {
        return;
      }
      this.foundAt = (this.foundAt + by + this.found.hits.length) % this.found.hits.length;
      const [lane, bar] = this.found.hits[this.foundAt];
      this.show(lane, bar);
    }

    relabel() {
      if (this.search.value) {
        this.find(this.search.value);
      }
      this.recolor();
    }
  };

  function lines(data) {
    const result = [];
    for (const lane of data.lanes) {
      for (let i = 0; i < lane.dots.count; i++) {
        const kind = data.dotKinds[lane.dots.kind[i]];
        if (kind === "MARK" || kind === "BARRIER_TRIPPED" || kind === "BARRIER_BROKEN") {
          result.push({ time: lane.dots.time[i], mark: kind === "MARK", broken: kind === "BARRIER_BROKEN", text: lane.dots.text[i] || "" });
        }
      }
    }
    return result.sort((a, b) => a.time - b.time);
  }

  // By words: of processes, objects, tasks, spans and marks.
  ProcessionTimeline.find = function (data, typed) {
    const word = typed.trim().toLocaleLowerCase();
    if (!word) {
      return null;
    }
    const holds = (text) => text.toLocaleLowerCase().includes(word);
    const objects = data.objects.map((object, i) => holds(ProcessionTimeline.objectName(data, i)));
    const lanes = data.lanes.map((lane, i) => holds(ProcessionTimeline.laneName(data, i) + " " + data.processes[lane.process].pid));
    const object = (i) => i >= 0 && objects[i];
    const bar = (bars, i) => object(bars.object[i]) || (bars.text[i] ? holds(bars.text[i]) : false);
    const dot = (dots, i) => object(dots.object[i]) || (dots.text[i] ? holds(ProcessionTimeline.markText(data, dots.text[i])) : false);
    const ofLane = new Map(data.lanes.map((lane, i) => [lane.bars, lanes[i]]));
    const hits = [];
    let count = 0;
    data.lanes.forEach((lane, index) => {
      for (let i = 0; i < lane.bars.count; i++) {
        if (lanes[index] || bar(lane.bars, i)) {
          count++;
          if (hits.length < 10000) {
            hits.push([index, i]);
          }
        }
      }
    });
    return { count, hits, object, bar: (bars, i) => ofLane.get(bars) || bar(bars, i), dot };
  };
}
