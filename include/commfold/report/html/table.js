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
