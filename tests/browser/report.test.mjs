// SPDX-License-Identifier: BSL-1.0
// Opens the HTML reports in a real browser, and holds what it shows against the JSON reports that were written beside them.
//   PAGES=directory SCREENSHOTS=directory CHROMIUM=program node --test report.test.mjs
import assert from "node:assert/strict";
import {mkdirSync, readFileSync} from "node:fs";
import {after, before, test} from "node:test";
import {pathToFileURL} from "node:url";
import {chromium} from "playwright-core";

const {PAGES, SCREENSHOTS, CHROMIUM} = process.env;
for (const [name, value] of Object.entries({PAGES, SCREENSHOTS, CHROMIUM})) assert.ok(value, `${name} is not set`);
mkdirSync(SCREENSHOTS, {recursive: true});

// --- what is expected, by other means than the page's ---

// Every key of the format is a plain word, so that what follows `"word":` as digits is a number, and no text can look like one.
const exactly = json => JSON.parse(json.replace(/"([a-z_]+)": ?(\d+)/g, '"$1": "#$2"'),
  (key, value) => typeof value === "string" && key !== "group" && key !== "phase" && key !== "path" && /^#\d+$/.test(value) ? BigInt(value.slice(1)) : value);
const jsonOf = name => readFileSync(`${PAGES}/${name}.json`, "utf8");
const reportOf = name => exactly(jsonOf(name));

const digits = n => n.toLocaleString("en-US").replaceAll(",", " ");
const bytesText = n => {
  if (n < 1024n) return `${n} B`;
  for (const [i, unit] of [..."KMGTPE"].entries()) {
    const one = 1024n ** BigInt(i + 1);
    const tenths = n * 10n / one + (n * 10n % one * 2n >= one ? 1n : 0n);
    if (tenths < 10240n || unit === "E") return `${digits(n)} B (${tenths / 10n}.${tenths % 10n} ${unit}iB)`;
  }
};
const callsText = n => n === 1n ? "1 call" : `${digits(n)} calls`;
const shareText = (part, whole) => {
  if (whole === 0n) return "-";
  const tenths = part * 1000n / whole + (part * 1000n % whole * 2n >= whole ? 1n : 0n);
  return `${tenths / 10n}.${tenths % 10n} %`;
};
const groupText = call => `${call.group} (${call.group_size})`;
const sum = (items, of) => items.reduce((all, item) => all + of(item), 0n);
const measures = ["message_bytes", "input_bytes", "output_bytes", "calls"];
const amount = measure => row => measure === "calls" ? row.calls : row.calls * row[measure];
const decreasing = (a, b) => a < b ? 1 : a > b ? -1 : 0;
const unique = items => [...new Set(items)];

const rank = rows => {
  const of = operator => sum(rows.filter(row => row.operator === operator), amount("message_bytes"));
  return unique(rows.map(row => row.operator)).sort((a, b) => decreasing(of(a), of(b)));
};
const tipOf = (name, rows, measure, whole) => {
  const n = sum(rows, amount(measure));
  const calls = callsText(sum(rows, amount("calls")));
  const what = measure.replace("_", " ");
  return [name, measure === "calls" ? calls : bytesText(n), `${shareText(n, whole)} of all ${what}`, ...measure === "calls" ? [] : [calls]];
};
// The bars from top to bottom and left to right: by group, then by operator.
const expectedBars = ({rows, totals}, measure) => {
  const some = rows => sum(rows, amount(measure)) > 0n;
  const byAmount = keyOf => {
    const withKey = key => rows.filter(row => keyOf(row) === key);
    return unique(rows.map(keyOf)).sort((a, b) => decreasing(sum(withKey(a), amount(measure)), sum(withKey(b), amount(measure))))
      .map(key => [key, withKey(key)]);
  };
  return [
    ...byAmount(groupText).flatMap(([group, of]) => rank(rows).map(operator => [`${operator} over ${group}`, of.filter(row => row.operator === operator)])),
    ...byAmount(row => row.operator),
  ].filter(([, of]) => some(of)).map(([name, of]) => tipOf(name, of, measure, totals[measure]));
};
const callTip = ({calls, totals}, i) => {
  const call = calls[i];
  return [
    `${digits(BigInt(i + 1))} of ${digits(BigInt(calls.length))}: ${call.operator} over ${groupText(call)}`, ...call.path ? [call.path] : [],
    bytesText(call.message_bytes), `${shareText(call.message_bytes, totals.message_bytes)} of all message bytes`,
    `in ${bytesText(call.input_bytes)}, out ${bytesText(call.output_bytes)}`,
    (call.phase === "" ? "outside any phase" : call.phase) + (call.dtype === null ? "" : `, ${call.dtype}`)];
};

// --- the browser ---

let browser;
before(async () => {
  browser = await chromium.launch({executablePath: CHROMIUM, args: process.getuid?.() === 0 ? ["--no-sandbox"] : []});
});
after(() => browser?.close());

// Whatever the page does: it asks for nothing but itself, and has nothing to complain about.
async function open(name, {width = 1280, colorScheme = "light", complains = false, hasTouch = false} = {}) {
  const page = await browser.newPage({viewport: {width, height: 900}, colorScheme, hasTouch});
  const url = pathToFileURL(`${PAGES}/${name}.html`).href;
  const requests = [], complaints = [];
  page.on("request", request => requests.push(request.url()));
  page.on("console", message => complaints.push(message.text()));
  page.on("pageerror", error => complaints.push(error.stack));
  page.on("dialog", dialog => { complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  await page.goto(url);
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
  const close = async () => {
    assert.deepEqual(requests, [url]);
    if (!complains) assert.deepEqual(complaints, []);
    await page.close();
  };
  return {page, close, complaints};
}
const tip = page => page.locator("#tip:not([hidden]) > div").allTextContents();
const measure = (page, name) => page.locator(`#measure input[value=${name}]`).check({force: true});
// The tree map's tiles as they are drawn, with what they tell.
const tilesOf = page => page.evaluate(() => {
  const map = document.getElementById("map").getBoundingClientRect();
  return {
    width: map.width, height: map.height,
    tiles: [...document.querySelectorAll("#map i")].map(tile => {
      const box = tile.getBoundingClientRect();
      return {left: box.left - map.left, top: box.top - map.top, width: box.width, height: box.height, lines: tipLines.get(tile)};
    }),
  };
});

const names = ["fsdp2", "fsdp2_log", "odd", "paths", "many", "nothing"];
const looks = [["light", 390], ["light", 1280], ["dark", 390], ["dark", 1280]];

for (const name of names)
  for (const [colorScheme, width] of looks)
    test(`${name}, ${colorScheme}, ${width} pixels: renders, in the width it has, with the JSON's totals`, async () => {
      const {page, close} = await open(name, {colorScheme, width});
      const {totals, calls = []} = reportOf(name);
      const shown = await page.locator("#totals > div").evaluateAll(all => all.map(each => [...each.children].map(child => child.textContent)));
      assert.deepEqual(shown.map(([what]) => what), ["message bytes", "input bytes", "output bytes", "calls"]);
      for (const [i, key] of measures.entries()) {
        const n = totals[key];
        const readable = /^(.*) \((.*)\)$/.exec(bytesText(n));
        assert.deepEqual(shown[i].slice(1), key === "calls" ? [digits(n)] : readable ? [readable[2], readable[1]] : [`${n} B`]);
      }
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      assert.equal(await page.locator("#calls").isVisible(), calls.length > 0);
      await page.screenshot({path: `${SCREENSHOTS}/${name}-${colorScheme}-${width}.png`, fullPage: true});
      await close();
    });

test("numbers above 2^53 are told to the byte", async () => {
  const {page, close} = await open("odd");
  assert.deepEqual(await page.locator("#totals .exact").allTextContents(),
    ["9 218 364 837 600 034 819 B", "9 216 364 837 600 034 819 B", "13 007 199 254 741 005 B"]);
  await page.locator("#by-group .bar").last().hover();
  assert.deepEqual(await tip(page), ["c10d::allreduce_ over <script>alert(1)</script> (8)", "9 007 199 254 740 994 B (8.0 PiB)", "0.1 % of all message bytes", "2 calls"]);
  await close();
});

test("sizes are spelled as commfold::format_bytes spells them", async () => {
  const {page, close} = await open("nothing");
  const spelled = {
    "0": "0 B", "1023": "1 023 B", "1024": "1 024 B (1.0 KiB)", "1075": "1 075 B (1.0 KiB)", "1076": "1 076 B (1.1 KiB)", "65537024": "65 537 024 B (62.5 MiB)",
    "1048524": "1 048 524 B (1023.9 KiB)", "1048525": "1 048 525 B (1.0 MiB)", "141107412992": "141 107 412 992 B (131.4 GiB)",
    "18446744073709551615": "18 446 744 073 709 551 615 B (16.0 EiB)"};
  for (const [n, text] of Object.entries(spelled)) assert.equal(await page.evaluate(n => formatBytes(BigInt(n)), n), text);
  await close();
});

test("control characters in names are shown, as commfold::detail::printable shows them", async () => {
  const {page, close} = await open("nothing");
  const shown = await page.evaluate(text => printable(text), "g\n| a |\r\t\u001b[2J\u007f\u009b\u202e\u2028 \u00f6\u20ac\\n");
  assert.equal(shown, String.raw`g\n| a |\r\t\x1b[2J\x7f\xc2\x9b\xe2\x80\xae\xe2\x80\xa8 ö€\n`);
  await close();
});

test("names are text, whatever they look like", async () => {
  const {page, close} = await open("odd");
  assert.equal(await page.locator("script").count(), 2);
  assert.equal(await page.locator("#by-group .label bdi").allTextContents().then(all => all.join()), "\"&'\\ (2),<script>alert(1)</script> (8),dp (4)");
  assert.ok((await page.locator("#table").textContent()).includes("<!--<script>"));
  await close();
});

test("the report in the page is the JSON report", async () => {
  for (const name of names) {
    const {page, close} = await open(name);
    const inside = await page.locator("#report").textContent();
    assert.ok(!inside.includes("<"));
    assert.equal(inside.replaceAll("\\u003c", "<").trim(), jsonOf(name).trim());
    await close();
  }
});

test("the page may load nothing and send nothing", async () => {
  const {page, complaints} = await open("fsdp2", {complains: true});
  const refused = await page.evaluate(async () => {
    const directives = [];
    addEventListener("securitypolicyviolation", event => directives.push(event.effectiveDirective));
    await fetch("http://127.0.0.1:9/").catch(() => {});
    const load = (tag, attribute) => new Promise(done => {
      const element = document.createElement(tag);
      element.onerror = element.onload = done;
      element[attribute] = "http://127.0.0.1:9/";
      document.head.append(element);
    });
    await load("img", "src");
    await load("script", "src");
    return directives;
  });
  assert.deepEqual(refused, ["connect-src", "img-src", "script-src-elem"]);
  assert.ok(complaints.length >= 3);
  await page.close();
});

test("hovering a bar tells its exact bytes, its share and its calls", async () => {
  for (const name of ["fsdp2", "odd", "paths", "many"]) {
    const {page, close} = await open(name);
    for (const key of measures) {
      await measure(page, key);
      const bars = page.locator(".bar");
      const expected = expectedBars(reportOf(name), key);
      const told = [];
      for (let i = 0; i < await bars.count(); ++i) {
        await bars.nth(i).hover();
        told.push(await tip(page));
        assert.equal(await bars.nth(i).getAttribute("aria-label"), told.at(-1).join(", "));
      }
      assert.deepEqual(told, expected, `${name}, ${key}`);
    }
    await close();
  }
});

test("the keyboard reaches every bar, and the same is told", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const {page, close} = await open("paths", {colorScheme, width: 390});
    await page.locator("#measure input").first().focus();
    for (const expected of expectedBars(reportOf("paths"), "message_bytes")) {
      await page.keyboard.press("Tab");
      assert.deepEqual(await tip(page), expected);
    }
    await page.keyboard.press("Escape");
    assert.deepEqual(await tip(page), []);
    await close();
  }
});

test("a finger tells the same", async () => {
  const {page, close} = await open("paths", {width: 390, hasTouch: true});
  const report = reportOf("paths");
  for (const [i, expected] of expectedBars(report, "message_bytes").entries()) {
    await page.locator(".bar").nth(i).tap();
    assert.deepEqual(await tip(page), expected);
  }
  await page.locator("#timeline").tap({position: {x: 1, y: laneOf(2, 0)}});
  assert.deepEqual(await tip(page), callTip(report, 0));
  await page.locator("h1").tap();
  assert.deepEqual(await tip(page), []);
  await close();
});

test("the arrow keys switch what the bars show", async () => {
  const {page, close} = await open("paths");
  await page.locator("#measure input").first().focus();
  for (const key of ["input_bytes", "output_bytes", "calls"]) {
    await page.keyboard.press("ArrowRight");
    const labels = await page.locator("#by-operator .label span").allTextContents();
    const {rows} = reportOf("paths");
    const sums = unique(rows.map(row => row.operator)).map(operator => sum(rows.filter(row => row.operator === operator), amount(key)));
    assert.deepEqual(labels, sums.sort(decreasing).map(key === "calls" ? callsText : bytesText));
  }
  await close();
});

test("a bar is as long as its bytes, and an operator has one colour everywhere", async () => {
  const {page, close} = await open("paths");
  const drawn = await page.locator(".bar").evaluateAll(all => all.map(bar => {
    const track = bar.closest(".track").getBoundingClientRect().width;
    return {width: bar.getBoundingClientRect().width / track, label: bar.ariaLabel, colour: bar.style.background};
  }));
  const {rows} = reportOf("paths");
  const longest = keyOf => Math.max(...unique(rows.map(keyOf)).map(key => Number(sum(rows.filter(row => keyOf(row) === key), amount("message_bytes")))));
  const colours = {};
  for (const {width, label, colour} of drawn) {
    const [, operator, group] = /^(\S+?)(?: over (.*? \(\d+\)))?, /.exec(label);
    assert.equal(colours[operator] ??= colour, colour);
    const of = rows.filter(row => row.operator === operator && (!group || groupText(row) === group));
    const expected = Number(sum(of, amount("message_bytes"))) / longest(group ? groupText : row => row.operator);
    assert.ok(Math.abs(width - expected) < 0.01, `${label}: ${width}, not ${expected}`);
  }
  assert.equal(unique(Object.values(colours)).length, Object.keys(colours).length);
  await close();
});

// Of the calls that a tile names: "operator of path", or all below a path.
const isIn = name => call => {
  const path = call.path ?? "calls of no tensor of a tree";
  return `${call.operator} of ${path}` === name || path === name || (path.startsWith(name) && ".[".includes(path[name.length]));
};
const checkTiles = ({width, height, tiles}, bytesOf, whole) => {
  let covered = 0;
  for (const {left, top, width: w, height: h, lines} of tiles) {
    const bytes = bytesOf(lines[0]);
    assert.equal(lines[1], bytesText(bytes), lines[0]);
    // The browser places by 64ths of a pixel.
    const area = width * height * Number(bytes) / Number(whole);
    assert.ok(Math.abs(w * h - area) <= (w + h + 1) / 16, `${lines[0]}: ${w} x ${h} is not ${area}`);
    assert.ok(left > -0.1 && top > -0.1 && left + w < width + 0.1 && top + h < height + 0.1, `${lines[0]} is outside`);
    covered += w * h;
  }
  for (const [i, a] of tiles.entries())
    for (const b of tiles.slice(i + 1)) {
      const across = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
      const down = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
      assert.ok(across < 0.1 || down < 0.1, `${a.lines[0]} lies on ${b.lines[0]}`);
    }
  assert.ok(Math.abs(covered / (width * height) - 1) < 0.002, `${covered} of ${width * height} is covered`);
};

test("the tree map: areas are the bytes of tensors, and all of them", async () => {
  for (const name of ["odd", "paths"])
    for (const width of [390, 1280]) {
      const {page, close} = await open(name, {width});
      const {calls, totals} = reportOf(name);
      assert.equal(await page.locator("#map-title").textContent(), "Message bytes by tensor");
      const drawn = await tilesOf(page);
      checkTiles(drawn, tile => sum(calls.filter(isIn(tile)), call => call.message_bytes), totals.message_bytes);
      if (name === "paths" && width === 1280) assert.ok(drawn.tiles.length > 300);
      await close();
    }
});

test("the tree map: without paths it is of phases and operators, and says so", async () => {
  for (const name of ["fsdp2", "fsdp2_log"]) {
    const {page, close} = await open(name);
    const {rows, totals} = reportOf(name);
    assert.equal(await page.locator("#map-title").textContent(), "Message bytes by phase and operator");
    assert.match(await page.locator("#map-note").textContent(), /no log with the paths of tensors/);
    const drawn = await tilesOf(page);
    assert.deepEqual(drawn.tiles.map(tile => tile.lines[0]), ["c10d::_reduce_scatter_base_ of backward", "c10d::_allgather_base_ of backward", "c10d::_allgather_base_ of forward"]);
    checkTiles(drawn, tile => sum(rows.filter(row => `${row.operator} of ${row.phase}` === tile), amount("message_bytes")), totals.message_bytes);
    await close();
  }
});

test("the tree map: pointer and keyboard look into a part and come back", async () => {
  const {page, close} = await open("paths");
  const {calls, totals} = reportOf("paths");
  const under = name => sum(calls.filter(isIn(name)), call => call.message_bytes);
  const part = page.locator("#map button").first();
  await page.locator("#by-operator .bar").last().focus();
  await page.keyboard.press("Tab");
  const layers = [`layers`, bytesText(under("layers")), `${shareText(under("layers"), totals.message_bytes)} of all message bytes`, "512 calls"];
  assert.deepEqual(await tip(page), layers);
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("#crumbs").textContent(), "all \u203a layers");
  assert.equal(await page.locator("#map button").count(), 32);
  assert.equal(await part.evaluate(button => button === document.activeElement), true);
  checkTiles(await tilesOf(page), tile => under(tile), under("layers"));
  await page.locator("#map button").nth(3).click();
  assert.equal(await page.locator("#crumbs").textContent(), "all \u203a layers \u203a [3]");
  checkTiles(await tilesOf(page), tile => under(tile), under("layers[3]"));
  await page.screenshot({path: `${SCREENSHOTS}/paths-layer.png`, fullPage: true});
  const tile = page.locator("#map i").first();
  const {x, y, width, height} = await tile.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  const name = (await tip(page))[0];
  assert.match(name, /^_c10d_functional::\w+ of layers\[3\]\.feed_forward\.w1$/);
  assert.deepEqual((await tip(page))[1], bytesText(under(name)));
  await page.locator("#crumbs button").first().press("Enter");
  assert.equal(await page.locator("#map button").count(), 4);
  assert.equal(await page.locator("#crumbs").isVisible(), false);
  await close();
});

test("the timeline: the keyboard goes through as many calls as the log has", async () => {
  for (const name of ["odd", "paths"]) {
    const {page, close} = await open(name, {width: name === "odd" ? 390 : 1280});
    const report = reportOf(name);
    const timeline = page.locator("#timeline");
    assert.equal(await timeline.getAttribute("aria-valuemax"), String(report.calls.length));
    await timeline.focus();
    await page.keyboard.press("Home");
    for (let i = 0; i < report.calls.length; ++i) {
      const expected = callTip(report, i);
      assert.deepEqual(await tip(page), expected);
      assert.equal(await timeline.getAttribute("aria-valuetext"), expected.join(", "));
      await page.keyboard.press("ArrowRight");
    }
    assert.deepEqual(await tip(page), callTip(report, report.calls.length - 1));
    await close();
  }
});

const laneOf = (levels, track) => 20 * levels + 6 + track * 44 + 18 + 11;

test("the timeline: a call is as wide as its bytes, in its operator's colour, and tells them", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const {page, close} = await open("fsdp2_log", {colorScheme});
    const report = reportOf("fsdp2_log");
    const colours = Object.fromEntries(await page.locator("#by-operator .bar").evaluateAll(all => all.map(bar => [bar.ariaLabel.split(",")[0], bar.style.background])));
    const canvas = page.locator("#timeline");
    await canvas.scrollIntoViewIfNeeded();
    const box = await canvas.boundingBox();
    const y = laneOf(1, 0);
    const pixels = await canvas.evaluate((canvas, y) => [...canvas.getContext("2d").getImageData(0, y, canvas.width, 1).data], y);
    let before = 0n;
    for (const [i, call] of report.calls.entries()) {
      const x = box.width * Number(2n * before + call.message_bytes) / Number(2n * report.totals.message_bytes);
      before += call.message_bytes;
      await page.mouse.move(box.x + x, box.y + y);
      assert.deepEqual(await tip(page), callTip(report, i));
      const pixel = 4 * Math.floor(x);
      assert.equal(`rgb(${pixels.slice(pixel, pixel + 3).join(", ")})`, colours[call.operator]);
    }
    await page.mouse.move(box.x + 20, box.y + 8);
    const forward = report.calls.filter(call => call.phase === "forward");
    assert.deepEqual((await tip(page)).slice(0, 2), ["forward", bytesText(sum(forward, call => call.message_bytes))]);
    await close();
  }
});

test("the timeline: twenty thousand calls can be looked at", async () => {
  const {page, close} = await open("many");
  const report = reportOf("many");
  const canvas = page.locator("#timeline");
  assert.equal(report.calls.length, 20000);
  assert.equal(await canvas.getAttribute("aria-valuemax"), "20000");
  const told = await page.evaluate(() => calls.map((_, i) => callLines(i)));
  assert.deepEqual(told, report.calls.map((_, i) => callTip(report, i)));
  // All of them at once; it takes some 20 ms, and this machine may have other work.
  const times = await page.evaluate(() => [0, 1, 2, 3, 4].map(() => {
    const before = performance.now();
    drawTimeline();
    return performance.now() - before;
  }));
  assert.ok(Math.min(...times) < 500, `drawing takes ${times} ms`);
  await page.locator("#zoom").focus();
  await page.keyboard.press("End");
  await canvas.focus();
  for (const [key, i] of [["Home", 0], ["PageDown", 100], ["ArrowRight", 101], ["End", 19999], ["PageUp", 19899]]) {
    await page.keyboard.press(key);
    assert.deepEqual(await tip(page), callTip(report, i));
  }
  await page.screenshot({path: `${SCREENSHOTS}/many-zoomed.png`, fullPage: true});
  await close();
});

test("the table: exact numbers, in the order of the report or of any column", async () => {
  const {page, close} = await open("odd");
  const {rows, totals} = reportOf("odd");
  const columns = {
    "operator": row => row.operator, "group": groupText, "phase": row => row.phase, "dtype": row => row.dtype ?? "", "calls": row => row.calls, "one message": row => row.message_bytes,
    "message bytes": amount("message_bytes"), "input bytes": amount("input_bytes"), "output bytes": amount("output_bytes"), "share": amount("message_bytes")};
  const cells = row => Object.entries(columns).map(([title, of]) =>
    title === "share" ? shareText(of(row), totals.message_bytes) : typeof of(row) === "bigint" ? digits(of(row)) : of(row) || "-");
  const shown = part => page.locator(`#table ${part} tr`).evaluateAll(all => all.map(row => [...row.children].map(cell => cell.textContent)));
  assert.deepEqual(await shown("thead"), [Object.keys(columns)]);
  assert.deepEqual(await shown("tbody"), rows.map(cells));
  assert.deepEqual(await shown("tfoot"), [["total", "", "", "", digits(totals.calls), "", digits(totals.message_bytes), digits(totals.input_bytes), digits(totals.output_bytes), "100.0 %"]]);
  for (const [title, of] of Object.entries(columns)) {
    const head = page.locator("#table th", {has: page.getByText(title, {exact: true})});
    const first = typeof of(rows[0]) === "bigint" ? "descending" : "ascending";
    for (const order of [first, first === "ascending" ? "descending" : "ascending"]) {
      const before = await shown("tbody");
      await head.locator("button").press("Enter");
      assert.equal(await head.getAttribute("aria-sort"), order);
      assert.equal(await page.locator("#table [aria-sort]").count(), 1);
      const expected = [...rows].sort((a, b) => (order === "descending" ? 1 : -1) * decreasing(of(a), of(b))).map(row => cells(row).join("|"));
      const now = (await shown("tbody")).map(row => row.join("|"));
      const at = Object.keys(columns).indexOf(title);
      assert.deepEqual(now.map(row => row.split("|")[at]), expected.map(row => row.split("|")[at]), `${title}, ${order}`);
      assert.deepEqual([...now].sort(), before.map(row => row.join("|")).sort());
    }
  }
  await close();
});

test("text can be read in both schemes", async () => {
  const luminance = colour => {
    const parts = colour.match(/[\d.]+/g).slice(0, 3).map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const contrast = (a, b) => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);
  const pages = [];
  for (const colorScheme of ["light", "dark"]) {
    const {page, close} = await open("paths", {colorScheme});
    const pairs = await page.evaluate(() => {
      const behind = element => {
        for (; element; element = element.parentElement) {
          const {backgroundColor} = getComputedStyle(element);
          if (!/, 0\)$/.test(backgroundColor)) return backgroundColor;
        }
      };
      return [...document.querySelectorAll("h1, h2, h3, p, dt, dd, label, bdi, .label span, td, th button")].map(element => [element.tagName, getComputedStyle(element).color, behind(element)]);
    });
    pages.push(pairs.find(([tag]) => tag === "H1")[2]);
    for (const [tag, text, background] of pairs) assert.ok(contrast(text, background) >= 4.5, `${colorScheme} ${tag}: ${text} on ${background}`);
    await close();
  }
  assert.ok(luminance(pages[0]) > 0.8 && luminance(pages[1]) < 0.05);
});

test("on paper", async () => {
  const {page, close} = await open("paths", {colorScheme: "dark"});
  await page.pdf({path: `${SCREENSHOTS}/paths.pdf`, format: "A4"});
  await page.emulateMedia({media: "print"});
  assert.equal(await page.locator("#zoom").isVisible(), false);
  assert.equal(await page.locator("#table").evaluate(table => table.parentElement.scrollHeight <= table.parentElement.clientHeight + 1), true);
  await close();
});
