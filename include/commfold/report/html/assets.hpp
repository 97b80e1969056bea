// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/report/html/assets.hpp
/// The page of an HTML report, before and after the JSON report that it shows. Made from page.html, style.css and the scripts in this
/// folder by cmake/update_html_assets.cmake; edit those files.

#include <string_view>

namespace commfold::detail {

using namespace std::string_view_literals;

inline constexpr std::string_view html_before_report = R"html(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>commfold report</title>
<style>
:root {
  --page: #f7f7f5; --panel: #fff; --ink: #1c2127; --quiet: #59616b; --line: #d9dce0; --track: #eceef0; --focus: #0b5fc0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171b; --panel: #1c2025; --ink: #e6e8eb; --quiet: #a3abb5; --line: #363c44; --track: #2a2f36; --focus: #7ab8ff;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 76rem;
  background: var(--page); color: var(--ink);
  font: 0.9375rem/1.45 system-ui, sans-serif; font-variant-numeric: tabular-nums;
}
h1 { font-size: 1.375rem; font-weight: 600; margin: 0; }
h2 { font-size: 1rem; font-weight: 600; margin: 0; }
h3 { font-size: 0.875rem; font-weight: 600; margin: 0 0 0.5rem; }
p { margin: 0.25rem 0 0; color: var(--quiet); font-size: 0.875rem; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
section { margin-top: 1rem; padding: 1rem; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; }
.heading { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; justify-content: space-between; margin-bottom: 0.75rem; }

#totals { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: 1rem; margin: 0; }
#totals dt { color: var(--quiet); font-size: 0.875rem; }
#totals dd { margin: 0; }
#totals .readable { font-size: 1.5rem; font-weight: 600; line-height: 1.25; }
#totals .exact { color: var(--quiet); font-size: 0.8125rem; overflow-wrap: anywhere; }

fieldset { display: flex; flex-wrap: wrap; margin: 0; padding: 0; border: 0; }
fieldset label { position: relative; padding: 0.25rem 0.75rem; border: 1px solid var(--line); margin-right: -1px; cursor: pointer; font-size: 0.875rem; }
fieldset label:has(:checked) { background: var(--ink); border-color: var(--ink); color: var(--panel); }
fieldset label:has(:focus-visible) { outline: 2px solid var(--focus); outline-offset: 2px; z-index: 1; }
fieldset input { position: absolute; opacity: 0; }
legend { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }

.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1.25rem 2rem; }
.line { margin-bottom: 0.625rem; }
.line .label { display: flex; flex-wrap: wrap; gap: 0 1rem; justify-content: space-between; font-size: 0.875rem; }
.line .label span { color: var(--quiet); white-space: nowrap; }
bdi { overflow-wrap: anywhere; }
.swatch { display: inline-block; width: 0.7em; height: 0.7em; margin-right: 0.4em; border-radius: 2px; }
.track { height: 1.125rem; background: var(--track); border-radius: 3px; }
.bars { display: flex; gap: 1px; height: 100%; }
/* The smallest amount that is not 0 can still be seen and pointed at. */
.bar { min-width: 4px; height: 100%; border-radius: 2px; }

#map { position: relative; height: clamp(16rem, 45vw, 26rem); background: var(--track); }
#map button {
  position: absolute; padding: 0; border: 0; border-radius: 0; background: none; overflow: hidden; cursor: default; font: inherit; text-align: left;
}
#map button.opens { cursor: zoom-in; }
#map button::after { content: ""; position: absolute; inset: 0; border: 1.5px solid var(--panel); pointer-events: none; }
#map button:focus-visible { outline-offset: -3px; outline-width: 3px; z-index: 1; }
/* A shadow takes no room: with a border the smallest tiles would be too large for their bytes. */
#map i, #map u { position: absolute; box-shadow: inset 0 0 0 0.5px rgb(255 255 255 / 0.6); }
#map u { box-shadow: inset 0 0 0 1px var(--panel); pointer-events: none; }
#map b {
  position: absolute; top: 4px; left: 4px; padding: 0 5px; border-radius: 3px; background: var(--panel); color: var(--ink);
  font-size: 0.75rem; font-weight: 500; line-height: 1.5; white-space: nowrap; z-index: 1; pointer-events: none;
}
#map u b { top: auto; bottom: 4px; padding: 0 4px; font-size: 0.6875rem; opacity: 0.85; }
#crumbs { margin-bottom: 0.5rem; font-size: 0.875rem; }
#crumbs button, th button { padding: 0; border: 0; background: none; color: inherit; font: inherit; cursor: pointer; text-decoration: underline dotted; text-underline-offset: 3px; }

#zoom { width: 9rem; accent-color: var(--ink); }
.heading label { font-size: 0.875rem; color: var(--quiet); display: flex; gap: 0.5rem; align-items: center; }
.scroll { overflow-x: auto; }
#timeline { display: block; position: sticky; left: 0; }

#rows .scroll { max-height: 36rem; overflow: auto; }
table { width: 100%; border-collapse: separate; border-spacing: 0; font-size: 0.8125rem; }
th, td { padding: 0.3rem 0.5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th, tfoot td { position: sticky; background: var(--panel); font-weight: 600; }
th { top: 0; white-space: nowrap; }
td { white-space: nowrap; }
td.operator { white-space: normal; }
td bdi { overflow-wrap: normal; }
td:first-child, th:first-child { padding-left: 0; }
.number { text-align: right; white-space: nowrap; }
tfoot td { bottom: 0; border: 0; border-top: 2px solid var(--line); }
[aria-sort] button { text-decoration: none; }
[aria-sort=ascending] button::after { content: " \2191"; }
[aria-sort=descending] button::after { content: " \2193"; }

#tip {
  position: fixed; z-index: 9; max-width: min(26rem, calc(100vw - 16px)); padding: 0.5rem 0.7rem; border-radius: 6px; pointer-events: none;
  background: var(--ink); color: var(--panel); font-size: 0.8125rem; overflow-wrap: anywhere;
}
#tip div:first-child { font-weight: 600; }
[hidden] { display: none !important; }

@media (max-width: 40rem) { body { padding: 1rem 0.5rem 2rem; } section { padding: 0.75rem; } }
@media print {
  :root { --page: #fff; --panel: #fff; --ink: #000; --quiet: #444; --line: #bbb; --track: #eee; }
  body { max-width: none; padding: 0; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  section { break-inside: avoid; border: 0; padding: 0; }
  #rows { break-inside: auto; }
  tr { break-inside: avoid; }
  table { font-size: 0.625rem; }
  th, td { padding: 0.15rem 0.3rem; }
  #scroll { overflow: hidden; }
  #length, #timeline { width: 100% !important; height: auto !important; }
  #rows .scroll { max-height: none; overflow: visible; }
  #tip, #zoom, .heading label { display: none; }
}
</style>
</head>
<body>
<header>
<h1>What a step communicates</h1>
<p>Of one rank. Hover or focus what is drawn to read its exact numbers.</p>
</header>
<noscript><p>The pictures and the table are drawn by a script. The numbers are in this page as JSON, in the element <code>report</code>.</p></noscript>
<section aria-label="Totals"><dl id="totals"></dl></section>
<section id="sums" aria-labelledby="bars-title">
<div class="heading"><h2 id="bars-title">By group and by operator</h2><fieldset id="measure"><legend>What the bars show</legend></fieldset></div>
<div class="columns">
<div><h3>Groups</h3><div id="by-group"></div></div>
<div><h3>Operators</h3><div id="by-operator"></div></div>
</div>
</section>
<section id="tensors" aria-labelledby="map-title">
<div class="heading"><div><h2 id="map-title"></h2><p id="map-note"></p></div></div>
<nav id="crumbs" aria-label="Where the map is"></nav>
<div id="map"></div>
</section>
<section id="calls" aria-labelledby="calls-title" hidden>
<div class="heading"><div><h2 id="calls-title">Calls in order</h2><p id="calls-note"></p></div>
<label>Zoom <input id="zoom" type="range" min="0" max="8" step="0.25" value="0"></label></div>
<div class="scroll" id="scroll"><div id="length"><canvas id="timeline" tabindex="0" role="slider"></canvas></div></div>
</section>
<section id="rows" aria-labelledby="rows-title">
<div class="heading"><div><h2 id="rows-title">All kinds of call</h2><p>The bytes of a row are those of all its calls; &ldquo;one message&rdquo; is the size of one of them.</p></div></div>
<div class="scroll" tabindex="0" role="region" aria-labelledby="rows-title"><table id="table"></table></div>
</section>
<div id="tip" aria-hidden="true" hidden></div>
<script type="application/json" id="report">
)html"sv;

inline constexpr std::string_view html_after_report = R"html(</script>
<script>
"use strict";
const $ = id => document.getElementById(id);

// Names come from the program that was traced and may be any text: they are only ever inserted as text, never as markup.
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

// As commfold::detail::printable shows names: control characters, and what turns the direction of the text around it, are spelled out.
const printable = text => text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, c => ({"\n": "\\n", "\r": "\\r", "\t": "\\t"})[c] ??
  [...new TextEncoder().encode(c)].map(byte => `\\x${byte.toString(16).padStart(2, "0")}`).join(""));

// JavaScript's numbers are exact up to 2^53 only: numbers of the report become strings before JSON.parse sees them, and then BigInts.
const isNumber = /^(commfold_report|calls|group_size|(input|output|message)_bytes)$/;
const report = JSON.parse(
  $("report").textContent.replace(/"(?:[^"\\]|\\.)*"|\d+/g, token => token[0] === '"' ? token : `"${token}"`),
  (key, value) => typeof value !== "string" ? value : isNumber.test(key) ? BigInt(value) : printable(value));

const groupDigits = n => n.toString().replace(/\B(?=(\d{3})+$)/g, " ");

// As commfold::format_bytes does it: rounded to one decimal, ties up, and 1024.0 of a unit is 1.0 of the next.
const inUnits = n => {
  let unit = 1n;
  const tenths = () => (n * 20n + (1n << 10n * unit)) / (2n << 10n * unit);
  while (unit < 6n && tenths() >= 10240n) ++unit;
  return `${tenths() / 10n}.${tenths() % 10n} ${" KMGTPE"[unit]}iB`;
};
const formatBytes = n => groupDigits(n) + (n < 1024n ? " B" : ` B (${inUnits(n)})`);

const share = (part, whole) => {
  if (whole === 0n) return "-";
  const tenths = (part * 2000n + whole) / (2n * whole);
  return `${tenths / 10n}.${tenths % 10n} %`;
};

// For lengths and areas only: it is rounded to sixteen digits.
const ratio = (part, whole) => whole === 0n ? 0 : Number(part) / Number(whole);

const bytes = ["message_bytes", "input_bytes", "output_bytes"];
const measures = [...bytes, "calls"];
const inWords = measure => measure.replace("_", " ");
const amountText = (n, measure) => measure !== "calls" ? formatBytes(n) : `${groupDigits(n)} ${n === 1n ? "call" : "calls"}`;

const groupText = call => `${call.group} (${call.group_size})`;
const phaseText = call => call.phase || "outside any phase";

// A row or a call, with its bytes times the number of its calls.
const sized = (call, calls) => {
  const all = {...call, calls};
  for (const measure of bytes) all[measure] *= calls;
  return all;
};
const rows = report.rows.map(row => ({...sized(row, row.calls), one_message: row.message_bytes}));
const calls = (report.calls ?? []).map(call => sized(call, 1n));

// One sum for all items with the same key, in the order of the first item of each.
const sumsBy = (items, keyOf) => {
  const sums = new Map();
  for (const item of items) {
    const key = keyOf(item);
    const sum = sums.get(key);
    if (!sum) sums.set(key, {...item});
    else for (const measure of measures) sum[measure] += item[measure];
  }
  return [...sums.values()];
};
const descendingBy = measure => (a, b) => a[measure] < b[measure] ? 1 : a[measure] > b[measure] ? -1 : 0;

// An operator has the same colour wherever it is drawn. The seven operators with the most bytes get the colours of Okabe and Ito, which
// colour-blind people can tell apart; the others are grey.
const palette = ["#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7", "#f0e442"];
const operators = sumsBy(rows, row => row.operator).sort(descendingBy("message_bytes")).map(row => row.operator);
const colours = new Map(operators.map((operator, i) => [operator, palette[i] ?? "#8c8c8c"]));
const colourOf = call => colours.get(call.operator);

// The tip: the lines that belong to the element that is hovered or focused. The first line is its name.
const tip = $("tip");
const timeline = $("timeline");
const tipLines = new WeakMap();
const explain = (element, lines) => {
  tipLines.set(element, lines);
  element.ariaLabel = lines.join(", ");
};
// Below the element, or above it where the window has no room below.
const showTip = (lines, x, top, bottom) => {
  tip.replaceChildren(...lines.map(line => make("div", {}, line)));
  tip.hidden = false;
  const left = Math.min(x + 12, innerWidth - tip.offsetWidth - 8);
  tip.style.left = `${Math.max(8, left)}px`;
  tip.style.top = `${bottom + tip.offsetHeight < innerHeight ? bottom : Math.max(0, top - tip.offsetHeight)}px`;
};
const hideTip = () => tip.hidden = true;
const explained = target => {
  while (target && !tipLines.has(target)) target = target.parentElement;
  return target;
};
const tellPointed = event => {
  const lines = event.target === timeline ? linesAt(event) : tipLines.get(explained(event.target));
  if (lines) showTip(lines, event.clientX, event.clientY - 8, event.clientY + 16);
  else hideTip();
};
addEventListener("pointermove", tellPointed);
addEventListener("click", event => { if (event.pointerType === "touch" && event.target.isConnected) tellPointed(event); });
addEventListener("focusin", event => {
  const element = explained(event.target);
  if (!element || !event.target.matches(":focus-visible")) return;
  const box = element.getBoundingClientRect();
  showTip(tipLines.get(element), box.left, box.top - 4, box.bottom + 4);
});
addEventListener("focusout", hideTip);
addEventListener("keydown", event => { if (event.key === "Escape") hideTip(); });
document.documentElement.addEventListener("pointerleave", hideTip);

// The totals.
for (const measure of measures) {
  const n = report.totals[measure];
  const readable = measure !== "calls" && n >= 1024n;
  $("totals").append(make("div", {},
    make("dt", {}, measure === "calls" ? "calls" : inWords(measure)),
    make("dd", {className: "readable"}, readable ? inUnits(n) : measure === "calls" ? groupDigits(n) : `${n} B`),
    ...readable ? [make("dd", {className: "exact"}, `${groupDigits(n)} B`)] : []));
}

// Bars.
const drawBars = measure => {
  const whole = report.totals[measure];
  const bar = (sum, name) => {
    const element = make("div", {className: "bar", tabIndex: 0, role: "img"});
    element.style.background = colourOf(sum);
    const lines = [name, amountText(sum[measure], measure), `${share(sum[measure], whole)} of all ${inWords(measure)}`];
    if (measure !== "calls") lines.push(amountText(sum.calls, "calls"));
    explain(element, lines);
    return element;
  };
  // A track is as long as the longest sum. It is filled as far as its own sum, which its bars divide among them.
  const line = (label, sum, longest, bars) => {
    const filled = make("div", {className: "bars"}, ...bars.map(([element]) => element));
    filled.style.width = `${100 * ratio(sum[measure], longest)}%`;
    for (const [element, part] of bars) element.style.flex = `${ratio(part[measure], sum[measure])} 1 0`;
    return make("div", {className: "line"},
      make("div", {className: "label"}, label, make("span", {}, amountText(sum[measure], measure))),
      make("div", {className: "track"}, filled));
  };
  const draw = (target, items, keyOf, labelOf, barsOf) => {
    const sums = sumsBy(items, keyOf).sort(descendingBy(measure));
    target.replaceChildren(...sums.map(sum => {
      const bars = barsOf(sum).filter(([, part]) => part[measure] > 0n);
      return line(labelOf(sum), sum, sums[0][measure], bars);
    }));
  };
  draw($("by-group"), rows, groupText, sum => make("bdi", {}, groupText(sum)), group =>
    sumsBy(rows.filter(row => groupText(row) === groupText(group)), row => row.operator)
      .sort((a, b) => operators.indexOf(a.operator) - operators.indexOf(b.operator))
      .map(sum => [bar(sum, `${sum.operator} over ${groupText(sum)}`), sum]));
  draw($("by-operator"), rows, row => row.operator, sum => {
    const swatch = make("i", {className: "swatch"});
    swatch.style.background = colourOf(sum);
    return make("bdi", {}, swatch, sum.operator);
  }, sum => [[bar(sum, sum.operator), sum]]);
};
for (const measure of measures) {
  const radio = make("input", {type: "radio", name: "measure", value: measure, checked: measure === measures[0]});
  radio.addEventListener("change", () => drawBars(measure));
  $("measure").append(make("label", {}, radio, inWords(measure)));
}
drawBars(measures[0]);
$("sums").hidden = !rows.length;

// The steps of `layers[3].wq` are layers, [3] and wq. The key of a map is any text in quotes.
const stepsOf = path => path.match(/\[(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\]])*\]|[^.[]+/g) ?? [path];
const joined = (path, step) => path && !step.startsWith("[") ? `${path}.${step}` : path + step;

// Below the last step of a path there is a leaf for each operator, which has the colour of its bars.
const treeOf = (items, branchesOf) => {
  const node = (name, path, parent) => ({name, path, parent, children: new Map(), message_bytes: 0n, calls: 0n});
  const root = node("all", "", null);
  for (const item of items) {
    if (item.message_bytes === 0n) continue;
    let at = root;
    const visit = next => {
      at = next;
      at.message_bytes += item.message_bytes;
      at.calls += item.calls;
    };
    visit(root);
    for (const [name, path] of [...branchesOf(item), [item.operator, null]]) {
      if (!at.children.has(name)) at.children.set(name, node(name, path ?? `${item.operator} of ${at.path}`, at));
      visit(at.children.get(name));
    }
    at.operator = item.operator;
  }
  return root;
};
const branchesOfPath = call => {
  if (!call.path) return [["no path", "calls of no tensor of a tree"]];
  let path = "";
  return stepsOf(call.path).map(step => [step, path = joined(path, step)]);
};
const branchesOfPhase = row => {
  const names = phaseText(row).split("/");
  return names.map((name, i) => [name, names.slice(0, i + 1).join("/")]);
};
const byPath = calls.some(call => call.path);
const tree = byPath ? treeOf(calls, branchesOfPath) : treeOf(rows, branchesOfPhase);
$("map-title").textContent = byPath ? "Message bytes by tensor" : "Message bytes by phase and operator";
$("map-note").textContent = byPath
  ? "An area is the bytes of a tensor, by its path; its colours are the operators. Select a part to look into it."
  : "An area is the bytes of an operator in a phase: this report has no log with the paths of tensors. Select a part to look into it.";

// The squarified layout of Bruls, Huizing and van Wijk: a strip along the shorter side takes one more tile as long as that makes its
// tiles squarer. The nodes must come largest first.
const squarify = (nodes, x, y, width, height) => {
  const areas = nodes.map(node => Number(node.message_bytes));
  let rest = areas.reduce((a, b) => a + b, 0);
  const boxes = [];
  for (let first = 0; first < areas.length;) {
    const side = Math.min(width, height);
    const scale = width * height / rest;
    const slimmest = (strip, smallest) =>
      Math.max(side * side * areas[first] / (strip * strip * scale), strip * strip * scale / (side * side * smallest));
    let strip = areas[first];
    let end = first + 1;
    for (; end < areas.length && slimmest(strip + areas[end], areas[end]) <= slimmest(strip, areas[end - 1]); ++end) strip += areas[end];
    const thickness = end === areas.length ? Math.max(width, height) : strip * scale / side;
    const standing = width >= height;
    for (let along = 0; first < end; ++first) {
      const length = side * areas[first] / strip;
      boxes.push(standing ? [x, y + along, thickness, length] : [x + along, y, length, thickness]);
      along += length;
    }
    if (standing) x += thickness, width -= thickness;
    else y += thickness, height -= thickness;
    rest -= strip;
  }
  return boxes;
};

const map = $("map");
const childrenOf = node => [...node.children.values()].sort(descendingBy("message_bytes"));
const place = (element, [x, y, width, height], whole) => {
  const percent = (n, of) => `${100 * n / of}%`;
  Object.assign(element.style, {left: percent(x, whole[0]), top: percent(y, whole[1]), width: percent(width, whole[0]), height: percent(height, whole[1])});
};
const mapLines = node =>
  [node.path, formatBytes(node.message_bytes), `${share(node.message_bytes, tree.message_bytes)} of all message bytes`, amountText(node.calls, "calls")];
let shown = tree;

const drawMap = () => {
  const whole = [map.clientWidth, map.clientHeight];
  const nodes = childrenOf(shown);
  const boxes = squarify(nodes, 0, 0, ...whole);
  map.replaceChildren(...nodes.map((node, i) => {
    const button = make("button", {type: "button"}, make("b", {}, make("bdi", {}, node.name)));
    place(button, boxes[i], whole);
    explain(button, mapLines(node));
    // A node too small to be pointed at is drawn as one tile of the colour of its largest leaf; selecting the button shows its parts.
    const fill = (inner, box) => {
      if (inner.parent === node) {
        const frame = make("u", {}, make("b", {}, make("bdi", {}, inner.name)));
        place(frame, box, boxes[i].slice(2));
        frames.push(frame);
      }
      const parts = inner.children.size && box[2] * box[3] > 40 ? childrenOf(inner) : [];
      if (parts.length) return squarify(parts, ...box).forEach((part, k) => fill(parts[k], part));
      const tile = make("i");
      let largest = inner;
      while (!largest.operator) largest = childrenOf(largest)[0];
      tile.style.background = colourOf(largest);
      place(tile, box, boxes[i].slice(2));
      tipLines.set(tile, mapLines(inner));
      button.append(tile);
    };
    const frames = [];
    fill(node, [0, 0, boxes[i][2], boxes[i][3]]);
    button.append(...frames);
    if (node.children.size) {
      button.classList.add("opens");
      button.addEventListener("click", () => lookInto(node));
    }
    return button;
  }));
  // Labels that do not fit are hidden. The label of a frame stands at the bottom, since the label of its button stands at the top.
  const labels = [...map.querySelectorAll("b")];
  const fits = labels.map(label => {
    const around = label.parentElement;
    const lines = around.matches("u") ? 2 : 1;
    return label.offsetWidth + 8 <= around.offsetWidth && lines * label.offsetHeight + 8 <= around.offsetHeight;
  });
  labels.forEach((label, i) => label.hidden = !fits[i]);
};
const lookInto = node => {
  shown = node;
  const way = [];
  for (let at = node; at; at = at.parent) way.unshift(at);
  $("crumbs").replaceChildren(...way.flatMap(at => {
    const name = make("bdi", {}, at.name);
    if (at === node) return [name];
    const button = make("button", {type: "button"}, name);
    button.addEventListener("click", () => lookInto(at));
    return [button, " \u203a "];
  }));
  $("crumbs").hidden = node === tree;
  hideTip();
  drawMap();
  map.firstChild.focus();  // the button that had the focus is gone
};
$("crumbs").hidden = true;
$("tensors").hidden = tree.message_bytes === 0n;
new ResizeObserver(drawMap).observe(map);

// The canvas is as wide as the window and draws the calls that are scrolled into it: there may be tens of thousands.
const tracks = [...new Set(calls.map(groupText))];
const trackOf = calls.map(call => tracks.indexOf(groupText(call)));

// Successive calls in one phase are a run, drawn as a box above them. A nested phase has its box one level below.
const runs = [];
const open = [];
calls.forEach((call, i) => {
  const names = call.phase ? call.phase.split("/") : [];
  let same = 0;
  while (same < open.length && open[same].name === names[same]) ++same;
  open.length = same;
  names.slice(same).forEach((name, k) => {
    const run = {name, path: names.slice(0, same + k + 1).join("/"), level: same + k, first: i, end: i, message_bytes: 0n, calls: 0n};
    runs.push(run);
    open.push(run);
  });
  for (const run of open) {
    run.end = i + 1;
    run.message_bytes += call.message_bytes;
    ++run.calls;
  }
});
const levels = runs.reduce((most, run) => Math.max(most, run.level + 1), 0);

const phaseHeight = 20, titleHeight = 18, laneHeight = 22;
const laneTop = track => (levels && levels * phaseHeight + 6) + track * (titleHeight + laneHeight + 4) + titleHeight;
const timelineHeight = laneTop(tracks.length) - titleHeight;
const leastSeen = 1.5;  // a call is drawn at least this many pixels wide, at any zoom

// A call is as wide as its bytes, but at least wide enough to be pointed at where there is room: the wider calls share what is left.
const edgesOf = length => {
  const sizes = calls.map(call => Number(call.message_bytes));
  const least = Math.min(3, length / 2 / sizes.length);
  const large = sizes.filter(size => size > 0).sort((a, b) => b - a);
  let count = large.length;
  let sum = large.reduce((a, b) => a + b, 0);
  const scale = () => (length - least * (sizes.length - count)) / sum;
  while (count && large[count - 1] * scale() < least) sum -= large[--count];
  const edges = [0];
  for (const size of sizes) edges.push(edges.at(-1) + (count ? Math.max(least, size * scale()) : length / sizes.length));
  return edges;
};
let edges = [0];
let current = -1;
let printing = false;

const callAt = x => {
  let low = 0, high = calls.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (edges[middle] <= x) low = middle;
    else high = middle - 1;
  }
  return low;
};
const view = $("scroll");
const boxOf = i => {
  const wide = Math.max(leastSeen, edges[i + 1] - edges[i]);
  return [Math.min(edges[i], edges.at(-1) - wide) - view.scrollLeft, wide];
};

const drawTimeline = () => {
  const [width, density] = [view.clientWidth, devicePixelRatio];
  timeline.width = Math.round(width * density);
  timeline.height = Math.round(timelineHeight * density);
  Object.assign(timeline.style, {width: `${width}px`, height: `${timelineHeight}px`});
  const style = getComputedStyle(document.documentElement);
  const onPaper = {"--ink": "#000", "--quiet": "#444", "--track": "#eee", "--panel": "#fff"};
  const paint = name => printing ? onPaper[name] : style.getPropertyValue(name);
  const pen = timeline.getContext("2d");
  pen.scale(density, density);
  pen.textBaseline = "middle";
  pen.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  for (const run of runs) {
    const [left, right] = [edges[run.first] - view.scrollLeft, edges[run.end] - view.scrollLeft];
    if (right < 0 || left > width) continue;
    pen.fillStyle = paint("--track");
    pen.fillRect(left, run.level * phaseHeight, Math.max(leastSeen, right - left - 1), phaseHeight - 2);
    const from = Math.max(left, 0) + 5;
    pen.fillStyle = paint("--quiet");
    if (from + pen.measureText(run.name).width + 4 < Math.min(right, width)) pen.fillText(run.name, from, (run.level + 0.5) * phaseHeight - 1);
  }
  tracks.forEach((name, track) => {
    pen.fillStyle = paint("--quiet");
    pen.fillText(name, 0, laneTop(track) - titleHeight / 2);
    pen.fillStyle = paint("--track");
    pen.fillRect(0, laneTop(track), width, laneHeight);
  });
  const last = callAt(view.scrollLeft + width);
  for (let i = callAt(view.scrollLeft); i <= last; ++i) {
    const [left, wide] = boxOf(i);
    pen.fillStyle = colourOf(calls[i]);
    pen.fillRect(left, laneTop(trackOf[i]), wide > 4 ? wide - 1 : wide, laneHeight);
  }
  if (current >= 0) {
    const [left, wide] = boxOf(current);
    pen.strokeStyle = paint("--ink");
    pen.lineWidth = 2;
    pen.strokeRect(left - 1, laneTop(trackOf[current]) - 1, wide + 2, laneHeight + 2);
  }
};
const layTimeline = () => {
  const length = view.clientWidth * 2 ** $("zoom").value;
  const middle = callAt(view.scrollLeft + view.clientWidth / 2);
  edges = edgesOf(length);
  $("length").style.width = `${length}px`;
  view.scrollLeft = edges[middle] - view.clientWidth / 2;
  drawTimeline();
};
const callLines = i => {
  const call = calls[i];
  return [`${groupDigits(i + 1)} of ${groupDigits(calls.length)}: ${call.operator} over ${groupText(call)}`,
    ...call.path ? [call.path] : [],
    formatBytes(call.message_bytes),
    `${share(call.message_bytes, report.totals.message_bytes)} of all message bytes`,
    `in ${formatBytes(call.input_bytes)}, out ${formatBytes(call.output_bytes)}`,
    [phaseText(call), ...call.dtype ? [call.dtype] : []].join(", ")];
};
const runLines = run => [run.path, formatBytes(run.message_bytes), `${share(run.message_bytes, report.totals.message_bytes)} of all message bytes`, amountText(run.calls, "calls")];

// The call that is nearest to the pointer in its track: at a low zoom many calls share a pixel.
const linesAt = event => {
  const box = timeline.getBoundingClientRect();
  const [x, y] = [event.clientX - box.left + view.scrollLeft, event.clientY - box.top];
  const i = callAt(x);
  if (y < levels * phaseHeight) {
    const run = runs.findLast(run => run.level === Math.floor(y / phaseHeight) && run.first <= i && i < run.end);
    return run && runLines(run);
  }
  const track = tracks.findIndex((_, track) => laneTop(track) <= y && y < laneTop(track) + laneHeight);
  for (let away = 0; away < calls.length; ++away) {
    const near = [i - away, i + away].filter(k => k >= 0 && k < calls.length && edges[k] < x + 2 && edges[k + 1] > x - 2);
    if (!near.length) return;
    const found = near.find(k => trackOf[k] === track);
    if (found !== undefined) return callLines(found);
  }
};
const goTo = i => {
  current = Math.min(Math.max(i, 0), calls.length - 1);
  const [left, wide] = boxOf(current);
  if (left < 0 || left + wide > view.clientWidth) view.scrollLeft = edges[current] - view.clientWidth / 2;
  drawTimeline();
  const box = timeline.getBoundingClientRect();
  const lines = callLines(current);
  timeline.ariaValueNow = current + 1;
  timeline.ariaValueText = lines.join(", ");
  showTip(lines, box.left + boxOf(current)[0], box.top - 4, box.bottom + 4);
};
if (calls.length) {
  $("calls").hidden = false;
  $("calls-note").textContent = `${amountText(BigInt(calls.length), "calls")}, a track for each group. A width is message bytes, not time; the smallest are drawn wider than they are.`;
  Object.assign(timeline, {ariaLabel: "Calls in order", ariaValueMin: 1, ariaValueMax: calls.length, ariaValueNow: 1});
  timeline.addEventListener("focus", () => { if (timeline.matches(":focus-visible")) goTo(Math.max(current, 0)); });
  timeline.addEventListener("blur", () => { current = -1; drawTimeline(); });
  timeline.addEventListener("keydown", event => {
    const to = {ArrowLeft: current - 1, ArrowRight: current + 1, PageUp: current - 100, PageDown: current + 100, Home: 0, End: calls.length}[event.key];
    if (to === undefined) return;
    event.preventDefault();
    goTo(to);
  });
  view.addEventListener("scroll", () => { if (current < 0) hideTip(); drawTimeline(); });
  $("zoom").addEventListener("input", layTimeline);
  new ResizeObserver(layTimeline).observe(view);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawTimeline);
  addEventListener("beforeprint", () => { printing = true; drawTimeline(); });
  addEventListener("afterprint", () => { printing = false; drawTimeline(); });
}

const number = (title, value) => ({title, value, text: row => groupDigits(value(row)), className: "number", first: "descending"});
const text = (title, value) => ({title, value, text: row => value(row) || "-", className: title, first: "ascending"});
const columns = [
  text("operator", row => row.operator), text("group", groupText), text("phase", row => row.phase), text("dtype", row => row.dtype ?? ""),
  number("calls", row => row.calls), number("one message", row => row.one_message), ...bytes.map(measure => number(inWords(measure), row => row[measure])),
  {...number("share", row => row.message_bytes), text: row => share(row.message_bytes, report.totals.message_bytes)}];
const cell = (column, content) => make("td", {className: column.className}, content);
// The name of an operator may be broken after its namespace.
const breakable = name => name.split(/(?<=::)/).flatMap((part, i) => i ? [make("wbr"), part] : [part]);
const lines = rows.map(row => [row, make("tr", {}, ...columns.map(column => cell(column, make("bdi", {}, ...breakable(column.text(row))))))]);
const body = make("tbody", {}, ...lines.map(([, line]) => line));
const heads = columns.map(column => {
  const button = make("button", {type: "button"}, column.title);
  const head = make("th", {className: column.className, scope: "col"}, button);
  button.addEventListener("click", () => {
    const other = {ascending: "descending", descending: "ascending"};
    const order = other[head.ariaSort] ?? column.first;
    for (const each of heads) each.ariaSort = null;
    head.ariaSort = order;
    const [before, after] = order === "ascending" ? [-1, 1] : [1, -1];
    const sorted = lines.toSorted(([a], [b]) => column.value(a) < column.value(b) ? before : column.value(a) > column.value(b) ? after : 0);
    body.replaceChildren(...sorted.map(([, line]) => line));
  });
  return head;
});
const foot = columns.map(column => {
  const total = measures.find(measure => inWords(measure) === column.title);
  if (column === columns[0]) return cell(column, "total");
  if (column.title === "share") return cell(column, share(report.totals.message_bytes, report.totals.message_bytes));
  return cell(column, total ? groupDigits(report.totals[total]) : "");
});
$("table").append(make("thead", {}, make("tr", {}, ...heads)), body, make("tfoot", {}, make("tr", {}, ...foot)));
</script>
</body>
</html>
)html"sv;

}  // namespace commfold::detail
