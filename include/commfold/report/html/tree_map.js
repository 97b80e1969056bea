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
