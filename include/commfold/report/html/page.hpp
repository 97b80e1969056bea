// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/report/html/page.hpp
/// The head, the style and the markup of an HTML report.

#include <string_view>

namespace commfold::detail {

using namespace std::string_view_literals;

// The policy is the page's promise that it loads nothing and sends nothing, kept by the browser.
inline constexpr std::string_view html_head = R"html(<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>commfold report</title>
)html"sv;

inline constexpr std::string_view html_style = R"css(
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
/* However small: what is not nothing can be seen and pointed at. */
.bar { min-width: 4px; height: 100%; border-radius: 2px; }

#map { position: relative; height: clamp(16rem, 45vw, 26rem); background: var(--track); }
#map button {
  position: absolute; padding: 0; border: 0; border-radius: 0; background: none; overflow: hidden; cursor: default; font: inherit; text-align: left;
}
#map button.opens { cursor: zoom-in; }
#map button::after { content: ""; position: absolute; inset: 0; border: 1.5px solid var(--panel); pointer-events: none; }
#map button:focus-visible { outline-offset: -3px; outline-width: 3px; z-index: 1; }
/* Shadows, since a border would make the smallest tiles larger than their bytes. */
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
)css"sv;

inline constexpr std::string_view html_body = R"html(<header>
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
)html"sv;

}  // namespace commfold::detail
