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
