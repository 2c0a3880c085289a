// What makes some things quicker; every page works without it.
"use strict";

// A list's size takes effect as soon as it is chosen.
document.querySelectorAll("select[data-submit]").forEach((select) => {
  select.addEventListener("change", () => select.form.requestSubmit());
});

// An explanation that was folded stays folded; on a telephone it begins so.
document.querySelectorAll("details[data-remember]").forEach((details) => {
  const key = "open-" + details.dataset.remember;
  const narrow = window.matchMedia("(max-width: 760px)").matches;
  details.open = (localStorage.getItem(key) ?? (narrow ? "no" : "yes")) === "yes";
  details.addEventListener("toggle", () => {
    localStorage.setItem(key, details.open ? "yes" : "no");
  });
});

// A form is sent once; one that takes a while says so.
document.querySelectorAll("form[method=post]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("data-stays")) return; // a download: the page stays
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    if (form.dataset.wait) {
      const wait = document.createElement("div");
      const said = document.createElement("p");
      const bar = document.createElement("progress"); // how long it takes is not known
      wait.className = "wait";
      said.setAttribute("role", "status");
      said.textContent = form.dataset.wait;
      bar.setAttribute("aria-label", form.dataset.wait);
      wait.append(said, bar);
      form.append(wait);
    }
  });
});

// What takes longer than one request goes on by itself.
document.querySelectorAll("form[data-continue]").forEach((form) => {
  setTimeout(() => form.requestSubmit(), 400);
});

// A page that the browser shows again (its "back") can be sent again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  document.querySelectorAll(".wait").forEach((wait) => wait.remove());
});

// One row's menu at a time.
document.addEventListener("click", (event) => {
  document.querySelectorAll("details.more[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

// All rows of a list are ticked at once, how many are is said, and they stay so where the list is
// sorted, searched or narrowed: its pages carry them along by themselves (src/pages/selection.h).
document.querySelectorAll("[data-check-all]").forEach((all) => {
  const name = all.dataset.checkAll;
  const boxes = [...document.querySelectorAll(`input[name="${name}"]`)];
  const count = document.querySelector(`[data-checked="${name}"]`);
  const card = all.closest(".card");
  const tools = card.querySelector("form.list-tools");
  const kept = all.form.elements.retenus.value;
  const carry = (checked) => {
    const ticked = [...(kept ? [kept] : []), ...checked.map((box) => box.value)].join(",");
    let field = tools.elements.retenus;
    if (!field) {
      field = tools.appendChild(document.createElement("input"));
      Object.assign(field, { type: "hidden", name: "retenus" });
    }
    field.value = ticked;
    field.disabled = !ticked;
    card.querySelectorAll("a.sort").forEach((link) => {
      const to = new URL(link.href);
      to.searchParams.delete("retenus");
      link.href = ticked ? `${to}${to.search ? "&" : "?"}retenus=${ticked}` : to;
    });
  };
  const tell = () => {
    const checked = boxes.filter((box) => box.checked);
    const sum = checked.length + Number(count.dataset.elsewhere);
    all.checked = checked.length > 0 && checked.length === boxes.length;
    all.indeterminate = checked.length > 0 && checked.length < boxes.length;
    count.textContent = sum > 0 ? ` (${sum})` : "";
    carry(checked);
  };
  all.addEventListener("change", () => {
    boxes.forEach((box) => { box.checked = all.checked; });
    tell();
  });
  boxes.forEach((box) => box.addEventListener("change", tell));
  window.addEventListener("pageshow", tell); // a browser's "back" keeps what was ticked
  all.closest("label").hidden = false;
});

// What has to be corrected, or what came of a deposit, is read first.
document.querySelector(".summary, .result")?.focus();
