"use strict";
// The same facts as rows: for who hears the page, and for who wants the numbers.
{
  const say = ProcessionTimeline.say;
  const PAGE = 100;

  function cell(tag, text, row, numeric) {
    const element = document.createElement(tag);
    element.textContent = text;
    if (tag === "th") {
      element.scope = row ? "row" : "col";
    }
    if (numeric) {
      element.className = "num";
    }
    return element;
  }

  function table(captionKey, heads, rows) {
    const element = document.createElement("table");
    const caption = document.createElement("caption");
    caption.textContent = say(captionKey);
    const head = document.createElement("thead");
    const line = document.createElement("tr");
    heads.forEach((key) => line.append(cell("th", say(key))));
    head.append(line);
    const body = document.createElement("tbody");
    for (const row of rows) {
      const tr = document.createElement("tr");
      row.forEach((value, i) => tr.append(typeof value === "number" ? cell("td", ProcessionTimeline.number(value), false, true) : cell(i === 0 ? "th" : "td", value, true, i > 1)));
      body.append(tr);
    }
    element.append(caption, head, body);
    return element;
  }

  function sums(data) {
    return data.processes.map((process, index) => {
      const sum = { waits: 0, waited: 0, holds: 0, tasks: 0, sent: 0, received: 0, sets: 0 };
      for (const lane of data.lanes.filter((one) => one.process === index)) {
        for (let i = 0; i < lane.bars.count; i++) {
          const kind = ProcessionTimeline.kinds[lane.bars.kind[i]];
          sum.waits += kind === "wait";
          sum.waited += kind === "wait" ? lane.bars.end[i] - lane.bars.begin[i] : 0;
          sum.holds += kind === "hold";
          sum.tasks += kind === "task";
        }
        for (let i = 0; i < lane.dots.count; i++) {
          const kind = data.dotKinds[lane.dots.kind[i]];
          sum.sent += kind === "QUEUE_PUT" || kind === "MESSAGE_SENT";
          sum.received += kind === "QUEUE_TAKEN" || kind === "MESSAGE_RECEIVED";
          sum.sets += kind === "SET" || kind === "SIGNALLED";
        }
      }
      return sum;
    });
  }

  function processes(data) {
    const all = sums(data);
    return table(
      "table.processes",
      ["head.process", "head.pid", "head.begin", "head.end", "head.how", "head.waits", "head.waited", "head.holds", "head.tasks", "head.wakes", "head.sent", "head.received", "head.lost"],
      data.processes.map((process, i) => [
        ProcessionTimeline.processName(process),
        String(process.pid),
        process.started < 0 ? (process.attached < 0 ? "\u2013" : ProcessionTimeline.duration(process.attached)) : ProcessionTimeline.duration(process.started),
        process.ended < 0 ? "\u2013" : ProcessionTimeline.duration(process.ended),
        process.ended < 0 ? (process.readable ? say("end.none") : say("end.unreadable")) : ProcessionTimeline.endText(process),
        all[i].waits,
        ProcessionTimeline.duration(all[i].waited),
        all[i].holds,
        all[i].tasks,
        all[i].sets,
        all[i].sent,
        all[i].received,
        process.lost,
      ]),
    );
  }

  // All facts of all lanes, one behind the other, so that a page of them is found without making them all.
  function facts(data) {
    const blocks = [];
    data.lanes.forEach((lane, index) => {
      blocks.push({ count: lane.bars.count, row: (i) => barRow(data, index, i) });
      blocks.push({ count: lane.dots.count, row: (i) => dotRow(data, index, i) });
    });
    blocks.push({ count: data.arrows.count, row: (i) => arrowRow(data, i) });
    data.curves.forEach((curve) => {
      blocks.push({ count: curve.time.length, row: (i) => [say("fact.curve"), "\u2013", ProcessionTimeline.curveTitle(data, curve) + ": " + say("curve." + curve.kind), ProcessionTimeline.duration(curve.time[i]), "\u2013", ProcessionTimeline.curveNumber(curve, curve.value[i])] });
    });
    const count = blocks.reduce((sum, block) => sum + block.count, 0);
    return {
      count,
      rows(from, to) {
        const rows = [];
        let before = 0;
        for (const block of blocks) {
          for (let i = Math.max(0, from - before); i < block.count && before + i < to; i++) {
            rows.push(block.row(i));
          }
          before += block.count;
        }
        return rows;
      },
    };
  }

  function barRow(data, index, i) {
    const bars = data.lanes[index].bars;
    return [say("fact.bar"), ProcessionTimeline.laneName(data, index), ProcessionTimeline.barTitle(data, bars, i), ProcessionTimeline.duration(bars.begin[i]), ProcessionTimeline.duration(bars.end[i] - bars.begin[i]), say("outcome." + ProcessionTimeline.outcomes[bars.outcome[i]])];
  }

  function dotRow(data, index, i) {
    const dots = data.lanes[index].dots;
    return [say("fact.dot"), ProcessionTimeline.laneName(data, index), ProcessionTimeline.dotTitle(data, dots, i), ProcessionTimeline.duration(dots.time[i]), "\u2013", "\u2013"];
  }

  function arrowRow(data, i) {
    const all = data.arrows;
    const what = say("arrow." + ProcessionTimeline.arrowKinds[all.kind[i]]) + (all.object[i] < 0 ? "" : ": " + ProcessionTimeline.objectName(data, all.object[i]));
    return [say("fact.arrow"), ProcessionTimeline.laneName(data, all.fromLane[i]) + " \u2192 " + ProcessionTimeline.laneName(data, all.toLane[i]), what, ProcessionTimeline.duration(all.from[i]), ProcessionTimeline.duration(all.to[i] - all.from[i]), "\u2013"];
  }

  ProcessionTimeline.tables = function (view) {
    const { data, section } = view;
    const place = section.querySelector(".tl-tables");
    const details = place.closest("details");
    let at = 0;
    const all = facts(data);

    function show() {
      const bar = document.createElement("div");
      bar.className = "tl-pages";
      const words = document.createElement("span");
      words.textContent = say("table.page", ProcessionTimeline.number(all.count === 0 ? 0 : at + 1), ProcessionTimeline.number(Math.min(all.count, at + PAGE)), ProcessionTimeline.number(all.count));
      bar.append(turn("table.before", -PAGE), words, turn("table.next", PAGE));
      place.replaceChildren(processes(data), bar, table("table.facts", ["head.kind", "head.who", "head.what", "head.begin", "head.length", "head.value"], all.rows(at, Math.min(all.count, at + PAGE))));
      place.dataset.facts = String(all.count);
    }

    function turn(key, by) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = say(key);
      button.disabled = at + by < 0 || at + by >= all.count;
      button.addEventListener("click", () => {
        at += by;
        show();
      });
      return button;
    }

    details.addEventListener("toggle", () => details.open && show());
    view.tables = () => details.open && show();
  };
}
