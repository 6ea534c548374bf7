// What the pages do beyond links and forms. Without it, everything still works.

const claimsOf = (node) => (node.dataset.claims || node.dataset.claim || "").split(" ").filter(Boolean);

function light(ids) {
  for (const node of document.querySelectorAll(".on")) node.classList.remove("on");
  for (const id of ids) {
    document.getElementById(`card-${id}`)?.closest(".card")?.classList.add("on");
    for (const node of document.querySelectorAll(`.text [data-claims~="${CSS.escape(id)}"]`)) node.classList.add("on");
  }
}

function reading() {
  const marked = document.querySelector(".reading");
  if (!marked) return;
  for (const kind of ["focusin", "mouseover"]) {
    marked.addEventListener(kind, (event) => {
      const node = event.target.closest("[data-claims], [data-claim]");
      if (node) light(claimsOf(node).slice(-1));
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
      if (event.dataTransfer.files.length) { files.files = event.dataTransfer.files; form.requestSubmit(); }
    });
  }
}

reading();
dropping();
