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
