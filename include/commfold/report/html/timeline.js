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
