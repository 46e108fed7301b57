"use strict";
// All that is said, in the language of the page. Nothing in here makes markup of a word.
{
  const texts = JSON.parse(document.getElementById("procession-texts").textContent);

  ProcessionTimeline.language = () => document.documentElement.lang;

  const say = (key, ...values) => {
    const text = texts[ProcessionTimeline.language()][key];
    if (text === undefined) {
      throw new Error("no text: " + key);
    }
    return values.reduce((result, value, i) => result.replace("{" + i + "}", () => value), text);
  };
  ProcessionTimeline.say = say;

  ProcessionTimeline.number = (value, digits = 0) => new Intl.NumberFormat(ProcessionTimeline.language(), { maximumFractionDigits: digits }).format(value);

  ProcessionTimeline.duration = function (nanos) {
    if (nanos === 0) {
      return "0";
    }
    const units = [[1e9, "s"], [1e6, "ms"], [1e3, "us"], [1, "ns"]];
    const [size, unit] = units.find(([least]) => Math.abs(nanos) >= least) || units[3];
    const value = nanos / size;
    const digits = unit === "ns" ? 0 : Math.abs(value) >= 100 ? 1 : Math.abs(value) >= 10 ? 2 : 3;
    return ProcessionTimeline.number(value, digits) + "\u00a0" + say("unit." + unit);
  };

  ProcessionTimeline.processName = (process) => process.name || say("unnamed");

  ProcessionTimeline.laneName = function (data, index) {
    const lane = data.lanes[index];
    const process = data.processes[lane.process];
    const several = data.lanes.filter((other) => other.process === lane.process).length > 1;
    return ProcessionTimeline.processName(process) + (several && lane.thread ? " / " + lane.thread : "");
  };

  ProcessionTimeline.objectName = function (data, index) {
    if (index < 0) {
      return "";
    }
    const [type, name, id] = data.objects[index];
    const word = texts[ProcessionTimeline.language()]["type." + type] || type;
    return name ? word + " " + quoted(name) : word + " #" + id;
  };

  const quoted = (name) => (ProcessionTimeline.language() === "uk" ? "«" + name + "»" : "“" + name + "”");

  // Short, to stand in a bar.
  ProcessionTimeline.barLabel = function (data, bars, i) {
    const text = bars.text[i];
    if (text) {
      return text;
    }
    const object = bars.object[i];
    return object < 0 ? "" : data.objects[object][1] || ProcessionTimeline.objectName(data, object);
  };

  ProcessionTimeline.curveTitle = function (data, curve) {
    return curve.object < 0 ? say("curve." + curve.kind + ".title") : ProcessionTimeline.objectName(data, curve.object);
  };

  // Processors come in thousandths.
  ProcessionTimeline.curveNumber = function (curve, value) {
    return curve.kind === "PROCESSORS" ? ProcessionTimeline.number(value / 1000, 2) : ProcessionTimeline.number(value);
  };

  ProcessionTimeline.barTitle = function (data, bars, i) {
    const kind = ProcessionTimeline.kinds[bars.kind[i]];
    const what = bars.text[i] || ProcessionTimeline.objectName(data, bars.object[i]);
    return say("bar." + kind, what);
  };

  ProcessionTimeline.markText = function (data, text) {
    const known = data.marks[text];
    return known ? known[ProcessionTimeline.language()] : text;
  };

  ProcessionTimeline.dotTitle = function (data, dots, i) {
    const kind = data.dotKinds[dots.kind[i]];
    const what = dots.text[i] ? ProcessionTimeline.markText(data, dots.text[i]) : ProcessionTimeline.objectName(data, dots.object[i]);
    return say("dot." + kind, what, ProcessionTimeline.number(dots.value[i]));
  };

  ProcessionTimeline.endText = function (process) {
    if (process.ended < 0) {
      return "";
    }
    const code = process.exitCode;
    if (process.dismissed) {
      return say("exit.dismissed", ProcessionTimeline.number(code));
    }
    return code === 0 ? say("exit.good") : code < 0 ? say("exit.killed", ProcessionTimeline.number(code), String(-code)) : say("exit.code", String(code));
  };

  // The longest first: most workers that nobody needs end where the picture does, and their number alone reads as a death.
  ProcessionTimeline.endTexts = (process) => [
    ProcessionTimeline.endText(process),
    ...(process.dismissed ? [say("exit.unneeded")] : []),
    ProcessionTimeline.number(process.exitCode),
  ];
}
