// The map: incidents drawn at their precision, a range of time, and the same rows in the table.

import { Dots } from "/static/dots.js";

const L = window.L;
const [ID, NAME, LAT, LON, PRECISION, COUNTRY, AREA, START, END, LOW, BEST, HIGH, EVENT, PERIOD, FIGURE] = Array(15).keys();
const POINT = new Set(["exact", "neighbourhood", "settlement"]);
const REACH = { near: 5000, area: 12000, admin2: 20000, admin1: 45000, country: 150000 };
const LISTED = 200;
const MANY = 1500;

const holder = document.getElementById("map");
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const json = async (address) => { const answer = await fetch(address); return answer.ok ? answer.json() : null; };

function rings(area, unit) {
  return area.rings.map((flat) => {
    const line = [];
    let x = 0, y = 0;
    for (let i = 0; i < flat.length; i += 2) { x += flat[i]; y += flat[i + 1]; line.push([y / unit, x / unit]); }
    return line;
  });
}

// What all that is drawn takes up: a place that is known as near or as an area reaches around its point.
function around(rows, areas) {
  const bounds = L.latLngBounds([]);
  for (const row of rows) {
    const outline = row[PRECISION] === "admin1" && areas.get(`${row[COUNTRY]}/${row[AREA]}`);
    if (outline) { bounds.extend(L.polygon(outline).getBounds()); continue; }
    if (row[LAT] === null) continue;
    const reach = POINT.has(row[PRECISION]) ? 0 : (REACH[row[PRECISION]] ?? 30000);
    bounds.extend(reach ? L.latLng(row[LAT], row[LON]).toBounds(2 * reach) : [row[LAT], row[LON]]);
  }
  return bounds;
}

async function main() {
  const query = new URLSearchParams(location.search);
  for (const name of ["from", "to", "page"]) query.delete(name);
  // Nothing waits for what it does not need: all three come at once.
  const coming = json("/static/map/world.json"), owned = holder.dataset.own ? json("/map/own.json") : null;
  const rows = await json(`/map/points.json?${query}`);
  const tiles = JSON.parse(holder.dataset.tiles || "[]");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(holder, { preferCanvas: true, zoomAnimation: !still, fadeAnimation: false, inertia: !still, minZoom: 1, maxZoom: Math.max(13, ...tiles.map((each) => each.deepest)), worldCopyJump: true });
  map.attributionControl.setPrefix(false).addAttribution("Natural Earth");
  for (const each of tiles) {
    const owed = document.createElement("span");
    owed.textContent = each.owed;
    L.tileLayer(`/map/tiles/${each.name}/{z}/{x}/{y}`, { maxNativeZoom: each.deepest, maxZoom: 22, attribution: owed.innerHTML || null }).addTo(map);
  }
  const ground = map.createPane("ground");
  ground.style.zIndex = 210;
  const under = L.canvas({ pane: "ground", padding: 0.3 });
  const outline = { renderer: under, pane: "ground", interactive: false, color: colour("--strong-line"), weight: 0.7, fillColor: colour("--raised"), fillOpacity: tiles.length ? 0 : 1 };
  const world = await coming;
  const countries = new Map();
  for (const area of world.areas) { countries.set(area.code, area); L.polygon(rings(area, world.unit), outline).addTo(map); }

  const wanted = new Set(rows.map((row) => row[COUNTRY]).filter(Boolean));
  const areas = new Map();
  const inside = [...wanted].filter((code) => countries.has(code)).slice(0, 12).map((code) => [code, json(`/static/map/admin1/${encodeURIComponent(code)}.json`)]);
  for (const [code, asked] of inside) {
    const inner = await asked;
    for (const area of inner?.areas ?? []) {
      const lines = rings(area, inner.unit);
      areas.set(`${code}/${area.name}`, lines);
      L.polygon(lines, { ...outline, fillOpacity: 0, weight: 0.4 }).addTo(map);
    }
  }
  if (holder.dataset.own) {
    const own = await owned;
    try { L.geoJSON(own, { style: (f) => ({ ...outline, renderer: undefined, fillOpacity: f.properties?.level === "country" && !tiles.length ? 1 : 0 }), pointToLayer: () => null, filter: (f) => f?.geometry && !f.geometry.type.includes("Point") }).addTo(map).eachLayer((layer) => { const known = layer.feature?.properties; if (known?.level === "admin1" && layer.getLatLngs) areas.set(`${known.country}/${known.name}`, layer.getLatLngs()); }); } catch { /* not GeoJSON after all */ }
  }

  const drawn = L.layerGroup().addTo(map);
  const over = L.canvas({ padding: 0.3 });
  const style = { ink: colour("--ink"), paper: colour("--paper"), line: 1, fill: 0.8 };
  const dots = new Dots(style).addTo(map);
  let shaded = [];

  function key(row) {
    if (row[PRECISION] === "admin1" && areas.has(`${row[COUNTRY]}/${row[AREA]}`)) return `area ${row[COUNTRY]}/${row[AREA]}`;
    return row[LAT] === null ? null : `${row[PRECISION]} ${row[LAT]} ${row[LON]}`;
  }

  function told(members) {
    const list = document.createElement("div");
    const head = list.appendChild(document.createElement("p"));
    head.textContent = members[0][NAME];
    const items = list.appendChild(document.createElement("ul"));
    for (const row of members.slice(0, 12)) {
      const link = items.appendChild(document.createElement("li")).appendChild(document.createElement("a"));
      link.href = `/i/${encodeURIComponent(row[ID])}`;
      link.textContent = `${row[PERIOD]}: ${row[FIGURE]}`;
    }
    if (members.length > 12) list.appendChild(document.createElement("p")).textContent = `+ ${members.length - 12}`;
    return list;
  }

  function draw(kept) {
    drawn.clearLayers();
    const groups = new Map();
    for (const row of kept) { const at = key(row); if (at) groups.has(at) ? groups.get(at).push(row) : groups.set(at, [row]); }
    // Where there are very many, smaller and lighter dots keep what lies below them legible; the
    // largest are drawn first, so that none is hidden by a larger one.
    const many = groups.size > MANY;
    const size = (best) => Math.min(22, 4 + Math.sqrt(best)) * (many ? 0.6 : 1);
    const sum = (members) => members.reduce((all, each) => all + (each[BEST] ?? 0), 0);
    const ordered = [...groups].map(([at, members]) => [at, members, sum(members)]).sort((a, b) => b[2] - a[2]);
    const places = [];
    shaded = [];
    for (const [at, members, best] of ordered) {
      const row = members[0];
      if (at.startsWith("area ")) {
        const layer = L.polygon(areas.get(at.slice(5)), { renderer: over, interactive: false, color: style.ink, weight: 1.5, dashArray: "2 4", fillColor: style.ink, fillOpacity: 0.1 });
        drawn.addLayer(layer);
        shaded.push({ layer, members });
      } else places.push({ lat: row[LAT], lon: row[LON], reach: POINT.has(row[PRECISION]) ? 0 : (REACH[row[PRECISION]] ?? 30000), size: size(best), members });
    }
    Object.assign(style, many ? { line: 0.5, fill: 0.55 } : { line: 1, fill: 0.8 });
    dots.show(places);
    document.body.dataset.drawn = String(places.length + shaded.length);
  }

  // What is drawn at a point: a dot or circle before the area behind it.
  const pointed = (event) => dots.at(event.layerPoint) ?? shaded.find(({ layer }) => layer._containsPoint(event.layerPoint));
  map.on("click", (event) => { const at = pointed(event); if (at) L.popup({ maxHeight: 240 }).setLatLng(at.lat === undefined ? event.latlng : [at.lat, at.lon]).setContent(told(at.members)).openOn(map); });
  let asked = 0;
  map.on("mousemove", (event) => { cancelAnimationFrame(asked); asked = requestAnimationFrame(() => { map.getContainer().style.cursor = pointed(event) ? "pointer" : ""; }); });

  // The provinces told of are named where they lie: at the middle of their outline, else of their
  // places, or as near to it as no dot lies under the name. A name that would lie over another one
  // is left out until there is room.
  const provinces = new Map();
  for (const row of rows) {
    if (!row[AREA] || row[LAT] === null) continue;
    const at = `${row[COUNTRY]}/${row[AREA]}`;
    if (!provinces.has(at)) provinces.set(at, { name: row[AREA], spots: [] });
    provinces.get(at).spots.push([row[LAT], row[LON]]);
  }
  for (const [at, each] of provinces) {
    each.middle = (areas.has(at) ? L.polygon(areas.get(at)).getBounds() : L.latLngBounds(each.spots)).getCenter();
    const name = document.createElement("span");
    name.textContent = each.name;
    name.dir = "auto";
    each.label = L.tooltip({ permanent: true, interactive: false, direction: "center", className: "province", opacity: 1 }).setLatLng(each.middle).setContent(name).addTo(map);
  }
  const BESIDE = [[0, 0], [0, -1], [0, 1], [0, -2], [0, 2], [-0.6, 0], [0.6, 0], [-0.6, -1], [0.6, -1], [-0.6, 1], [0.6, 1], [0, -3], [0, 3]];
  function naming() {
    const taken = [], laid = dots.laid();
    for (const { label, middle } of [...provinces.values()].sort((a, b) => b.spots.length - a.spots.length)) {
      const node = label.getElement();
      if (!node) continue;
      const wide = node.offsetWidth + 4, high = node.offsetHeight + 2, from = map.latLngToLayerPoint(middle);
      let best = null;
      for (const [right, down] of BESIDE) {
        const x = from.x + right * wide, y = from.y + down * high;
        if (taken.some((each) => Math.abs(x - each.x) < (wide + each.wide) / 2 && Math.abs(y - each.y) < (high + each.high) / 2)) continue;
        let over = 0;
        for (const [a, b, radius] of laid) if (Math.max(0, Math.abs(a - x) - wide / 2) ** 2 + Math.max(0, Math.abs(b - y) - high / 2) ** 2 < radius ** 2) over += 1;
        if (best === null || over < best.over) best = { x, y, wide, high, over };
        if (!over) break;
      }
      node.style.visibility = best ? "" : "hidden";
      if (!best) continue;
      taken.push(best);
      label.setLatLng(map.layerPointToLatLng([best.x, best.y]));
    }
  }

  const spots = rows.filter((row) => row[LAT] !== null).map((row) => [row[LAT], row[LON]]);
  const place = /^#map=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(location.hash);
  if (place) map.setView([+place[2], +place[3]], +place[1]);
  else if (spots.length) map.fitBounds(around(rows, areas), { padding: [24, 24], maxZoom: 9 });
  else map.setView([25, 30], 2);
  map.on("moveend", () => { const c = map.getCenter(); history.replaceState(null, "", `${location.pathname}${location.search}#map=${map.getZoom()}/${c.lat.toFixed(3)}/${c.lng.toFixed(3)}`); });

  map.on("zoomend", naming);
  time(rows, (kept) => { draw(kept); naming(); });
}

// A month in the words of the page's language: February 2021.
const months = new Intl.DateTimeFormat(`${document.documentElement.lang || "en"}-u-nu-latn`, { month: "long", year: "numeric", timeZone: "UTC" });
const named = (month) => months.format(new Date(`${month}-01T00:00:00Z`));

// A range of time over months, with bars from low to high.
function time(rows, draw) {
  const months = [...new Set(rows.flatMap((row) => [row[START], row[END]]).filter(Boolean).map((day) => day.slice(0, 7)))].sort();
  const line = [];
  if (months.length) {
    let [year, month] = months[0].split("-").map(Number);
    while (line.length < 1200) {
      const name = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
      line.push(name);
      if (name >= months.at(-1)) break;
      month += 1;
      if (month > 12) { month = 1; year += 1; }
    }
  }
  const box = document.querySelector(".time");
  const [first, last, undated] = ["first", "last", "undated"].map((id) => document.getElementById(id));
  if (!line.length) { draw(rows); return; }
  box.hidden = false;
  for (const input of [first, last]) input.max = String(line.length - 1);
  const params = new URLSearchParams(location.search);
  const from = line.indexOf((params.get("from") ?? "").slice(0, 7));
  const to = line.indexOf((params.get("to") ?? "").slice(0, 7));
  first.value = String(from < 0 ? 0 : from);
  last.value = String(to < 0 ? line.length - 1 : to);
  undated.checked = !(params.get("from") || params.get("to"));

  const sums = new Map(line.map((name) => [name, [0, 0, false]]));
  for (const row of rows) { const sum = row[START] && sums.get(row[START].slice(0, 7)); if (sum) { sum[0] += row[LOW] ?? 0; sum[1] += row[HIGH] ?? row[LOW] ?? 0; sum[2] ||= row[LOW] !== null && row[HIGH] === null; } }

  // The bars in numbers: each when it is pointed at, all of them in a table.
  const shown = ([low, high, open]) => (open ? `≥ ${low.toLocaleString("en")}` : low === high ? low.toLocaleString("en") : `${low.toLocaleString("en")}–${high.toLocaleString("en")}`);
  const counts = document.querySelector("#months tbody");
  for (const name of line) {
    const [low, high, open] = sums.get(name);
    if (!high) continue;
    const row = counts.appendChild(document.createElement("tr"));
    const head = row.appendChild(document.createElement("th"));
    head.scope = "row";
    head.textContent = named(name);
    for (const number of [low, open ? null : high]) { const cell = row.appendChild(document.createElement("td")); cell.className = "num"; cell.textContent = number === null ? "–" : number.toLocaleString("en"); }
  }
  document.getElementById("months").hidden = !counts.rows.length;
  // Time runs as the page is read, and as the sliders below it do.
  const turned = document.documentElement.dir === "rtl";
  const pointed = document.getElementById("bars");
  pointed.addEventListener("pointermove", (event) => {
    const step = Math.min(pointed.clientWidth / line.length, 48);
    const { left, right } = pointed.getBoundingClientRect();
    const name = line[Math.floor((turned ? right - event.clientX : event.clientX - left) / step)];
    pointed.title = name ? `${named(name)}: ${shown(sums.get(name))}` : "";
  });

  function bars(a, b) {
    const canvas = document.getElementById("bars");
    const width = (canvas.width = canvas.clientWidth * devicePixelRatio || 600);
    const height = (canvas.height = 78 * devicePixelRatio);
    const paint = canvas.getContext("2d");
    const most = Math.max(1, ...[...sums.values()].map((sum) => sum[1]));
    const step = Math.min(width / line.length, 48 * devicePixelRatio);
    line.forEach((name, at) => {
      const [low, high, open] = sums.get(name);
      paint.globalAlpha = at >= a && at <= b ? 1 : 0.25;
      paint.fillStyle = paint.strokeStyle = colour("--ink");
      const up = (n) => Math.round((n / most) * (height - 18 * devicePixelRatio));
      const told = high ? shown([low, high, open]) : "";
      paint.textAlign = "left";
      paint.direction = "ltr";
      const start = turned ? width - (at + 1) * step + 2 : at * step + 1;
      paint.font = `${11 * devicePixelRatio}px sans-serif`;
      if (told && paint.measureText(told).width < step - 2) paint.fillText(told, start, height - up(high) - 4 * devicePixelRatio);
      if (high > low) paint.strokeRect(start, height - up(high), Math.max(1, step - 3), up(high));
      paint.fillRect(start, height - up(low), Math.max(1, step - 3), up(low));
    });
  }

  function apply(write) {
    const a = Math.min(+first.value, +last.value), b = Math.max(+first.value, +last.value);
    const whole = a === 0 && b === line.length - 1;
    const kept = rows.filter((row) => {
      if (!row[START]) return undated.checked;
      return whole || (row[START].slice(0, 7) <= line[b] && (row[END] ?? row[START]).slice(0, 7) >= line[a]);
    });
    document.getElementById("first-told").textContent = named(line[a]);
    document.getElementById("last-told").textContent = named(line[b]);
    for (const [input, at] of [[first, a], [last, b]]) input.setAttribute("aria-valuetext", named(line[at]));
    draw(kept);
    bars(a, b);
    if (write) { list(kept); remember(whole ? null : [line[a], line[b]]); }
  }

  function remember(range) {
    const now = new URLSearchParams(location.search);
    now.delete("page");
    if (range) { now.set("from", `${range[0]}-01`); const [y, m] = range[1].split("-").map(Number); now.set("to", new Date(Date.UTC(y, m, 0)).toISOString().slice(0, 10)); }
    else { now.delete("from"); now.delete("to"); }
    history.replaceState(null, "", `${location.pathname}?${now}${location.hash}`);
    for (const name of ["from", "to"]) document.querySelector(`form input[name=${name}]`).value = now.get(name) ?? "";
  }

  let waiting = 0;
  for (const input of [first, last, undated]) input.addEventListener("input", () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(() => apply(true)); });
  apply(false);
}

function list(kept) {
  document.getElementById("kept").textContent = kept.length.toLocaleString("en");
  const body = document.querySelector("#rows tbody");
  if (!body) return;
  body.replaceChildren(...kept.slice(0, LISTED).map((row) => {
    const line = document.createElement("tr");
    const cell = (kind, text) => { const made = line.appendChild(document.createElement(kind)); made.textContent = text; return made; };
    cell("td", row[PERIOD]).className = "nowrap";
    const head = cell("th", "");
    head.scope = "row";
    const link = head.appendChild(document.createElement("a"));
    link.href = `/i/${encodeURIComponent(row[ID])}`;
    link.appendChild(document.createElement("bdi")).textContent = row[NAME];
    cell("td", row[FIGURE]).className = "num";
    cell("td", row[EVENT] || "–");
    return line;
  }));
  document.querySelector(".turn")?.remove();
}

main();
