// What the pages do beyond links and forms. Without it, everything still works.

const claimsOf = (node) => (node.dataset.claims || node.dataset.claim || "").split(" ").filter(Boolean);

function light(ids) {
  for (const node of document.querySelectorAll(".on")) node.classList.remove("on");
  for (const id of ids) {
    document.getElementById(`card-${id}`)?.closest(".card")?.classList.add("on");
    for (const node of document.querySelectorAll(`.text [data-claims~="${CSS.escape(id)}"]`)) node.classList.add("on");
  }
}

// The cards beside a text scroll by themselves: the one that is meant is brought into their view.
function bring(card) {
  const panel = card?.parentElement;
  if (!panel || panel.scrollHeight <= panel.clientHeight) return;
  const [at, around] = [card.getBoundingClientRect(), panel.getBoundingClientRect()];
  if (at.top < around.top || at.bottom > around.bottom) panel.scrollTop += at.top - around.top - 4;
}

function reading() {
  const marked = document.querySelector(".reading");
  if (!marked) return;
  for (const kind of ["focusin", "mouseover"]) {
    marked.addEventListener(kind, (event) => {
      const node = event.target.closest("[data-claims], [data-claim]");
      if (!node) return;
      const ids = claimsOf(node).slice(-1);
      light(ids);
      if (node.closest(".text")) bring(document.getElementById(`card-${ids[0]}`)?.closest(".card"));
    });
  }
}

function dropping() {
  for (const form of document.querySelectorAll("form.drop")) {
    const files = form.querySelector("input[type=file]");
    form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
    form.addEventListener("dragleave", () => form.classList.remove("over"));
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      form.classList.remove("over");
      if (!event.dataTransfer.files.length) return;
      files.files = event.dataTransfer.files;
      const columns = form.querySelector("[name=columns], [name=mapping]");
      const tables = [...files.files].some((each) => /\.(csv|tsv|xlsx)$/i.test(each.name));
      if (tables && columns && !columns.value) { columns.closest("details").open = true; columns.focus(); } else form.requestSubmit();
    });
  }
}

reading();
dropping();

// Single keys: printed on the buttons, never while typing, and they can be switched off.
const OFF = "cenotaph-keys-off";
const typing = (node) => node.closest("input:not([type=radio], [type=checkbox], [type=range]), select, textarea, [contenteditable]");

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || localStorage.getItem(OFF)) return;
  if (typing(event.target)) return;
  if (event.key === "/") { event.preventDefault(); document.getElementById("q")?.focus(); return; }
  if (event.key === "?") { location.assign("/help"); return; }
  if (event.key === "j" || event.key === "k") { move(event.key === "j" ? 1 : -1); return; }
  if (event.key === "Enter" && event.target.closest("a, button, summary, [role=button]")) return;
  const here = document.activeElement?.closest(".card");
  const found = [...(here?.querySelectorAll("[data-key]") ?? []), ...document.querySelectorAll("[data-key]")];
  const node = found.find((each) => each.dataset.key === event.key && each.checkVisibility?.() !== false && !each.disabled);
  if (!node) return;
  event.preventDefault();
  if (node.type === "radio") { node.checked = true; node.closest("form").querySelector("input[name=reason]")?.focus(); return; }
  if (node.tagName === "SUMMARY") { node.closest("details").open = true; node.closest("details").querySelector("input:not([type=hidden])")?.focus(); return; }
  node.click();
}

function move(by) {
  const cards = [...document.querySelectorAll("main .card, main .ruled > li, main tbody tr")].filter((each) => each.querySelector("a"));
  const now = cards.findIndex((each) => each.contains(document.activeElement));
  const next = cards[Math.max(0, Math.min(cards.length - 1, now + by))];
  next?.querySelector("a")?.focus();
}

function switching() {
  const box = document.getElementById("keys-off");
  if (!box) return;
  box.checked = Boolean(localStorage.getItem(OFF));
  box.addEventListener("change", () => (box.checked ? localStorage.setItem(OFF, "yes") : localStorage.removeItem(OFF)));
}

// Words selected in a report are put into the form for a claim by hand. Offsets count code points.
function selecting() {
  const text = document.getElementById("text");
  const form = document.querySelector("#by-hand form");
  if (!text || !form) return;
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return;
    const range = chosen.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const start = Array.from(before.toString()).length;
    const words = range.toString();
    if (!words.trim() || words.length > 400) return;
    form.elements.words.value = words;
    form.elements.from.value = String(start);
    form.elements.until.value = String(start + Array.from(words).length);
    document.getElementById("by-hand").open = true;
  });
  form.elements.words.addEventListener("input", () => { form.elements.from.value = form.elements.until.value = ""; });
}

// Of many sentences to be released, those are shown that are looked for; none is ticked by it.
function narrowing() {
  const box = document.querySelector(".narrow");
  if (!box) return;
  const rows = [...document.querySelectorAll(".said > label.radio")];
  const words = box.querySelector("#narrow");
  const unticked = box.querySelector("#unticked");
  if (words.value || unticked.checked) return; // the page holds only those, by its address
  box.hidden = rows.length < 8;
  // What is looked for is found here, and goes into no address.
  words.name = unticked.name = "";
  box.querySelector(".looking").hidden = true;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = rows.map((row) => plain(row.textContent));
  function show() {
    const wanted = plain(words.value.trim()).split(/\s+/).filter(Boolean);
    rows.forEach((row, at) => {
      row.hidden = !wanted.every((word) => texts[at].includes(word)) || (unticked.checked && row.querySelector("input").checked);
    });
    box.querySelector("#narrowed").hidden = false;
    box.querySelector("#narrowed").value = `${rows.filter((row) => !row.hidden).length} / ${rows.length}`;
  }
  words.addEventListener("input", show);
  words.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  unticked.addEventListener("change", show);
  show();
}

narrowing();

// On a narrow screen the filters stand above the list: they are folded, unless one is in use.
if (innerWidth < 720) {
  for (const node of document.querySelectorAll(".facets .fold")) node.open = Boolean(node.querySelector(".chosen"));
}

// In a large record the effect of a decision is worked out after the page is there to be read.
async function foreseeing() {
  const later = document.querySelector(".later");
  if (!later) return;
  const answer = await fetch(later.querySelector("a").href);
  if (!answer.ok) return;
  const told = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const node of told.querySelectorAll(".effect[id]")) document.getElementById(node.id)?.replaceChildren(...node.childNodes);
  later.remove();
}

// Ticks that change what an answer does: its effect is asked for as the form would ask without this.
function reticking() {
  const boxes = document.querySelectorAll("[data-foresee]");
  const asking = boxes[0]?.form?.querySelector("button[name=form][value=show]");
  if (!asking) return;
  let last = null;
  const again = async () => {
    last?.abort();
    const own = (last = new AbortController());
    const said = new URLSearchParams(new FormData(asking.form, asking));
    const answer = await fetch(asking.formAction, { method: "POST", body: said, signal: own.signal }).catch(() => null);
    if (!answer?.ok) return;
    const told = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("foreseen");
    if (told && last === own) document.getElementById("foreseen").replaceChildren(...told.childNodes);
  };
  for (const box of boxes) box.addEventListener("change", again);
  asking.closest("p").hidden = true;
}

foreseeing();
reticking();
document.addEventListener("keydown", press);
switching();
selecting();
