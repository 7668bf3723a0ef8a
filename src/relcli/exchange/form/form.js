// Puts what is filled in together as text: one line with the survey, then a line for each answer.
"use strict";
(() => {
  const LONG = 1900; // characters of an address that every mail program opens
  const form = document.querySelector("form");
  const items = [...form.querySelectorAll("[data-item]")];
  const names = new Set(items.map((item) => item.dataset.item));
  const [problem, send, status, asText, text, copy] = ["problem", "send", "status", "as-text", "text", "copy"].map((id) =>
    document.getElementById(id)
  );
  const mailto = send && send.getAttribute("href");
  let long = false;

  function said(item) {
    const control = item.querySelector("input:checked, input[type=number], textarea");
    return control ? control.value.trim() : "";
  }

  // A line of somebody's own that begins like an answer to an item must not become one.
  function marked(line, place) {
    const begins = line.includes(":") && names.has(line.split(":")[0].trim().toLowerCase());
    return place > 0 && begins ? "- " + line : line;
  }

  function answers() {
    const lines = items.filter(said).map((item) => item.dataset.item + ": " + said(item).split(/\r\n?|\n/).map(marked).join("\n"));
    return lines.length ? [form.dataset.first, ...lines].join("\n").replace(/[\uD800-\uDFFF]/gu, "\uFFFD") : "";
  }

  function update() {
    text.value = answers();
    for (const item of items) {
      const [button, written, box] = [".leave-out", ".written", "textarea"].map((part) => item.querySelector(part));
      if (button) button.hidden = !said(item);
      if (written) written.textContent = box.value;
    }
    if (text.value) refuse("");
    if (send) {
      send.href = mailto + (text.value && "&body=" + encodeURIComponent(text.value.replace(/\n/g, "\r\n")));
      if (long !== send.href.length > LONG) {
        long = !long;
        status.textContent = long ? form.dataset.long : "";
        asText.open = asText.open || long;
      }
    }
  }

  function refuse(words) {
    problem.firstElementChild.textContent = words;
    problem.lastElementChild.hidden = !words;
    if (words) problem.focus();
  }

  // Whether there is something to send; says so where there is not.
  function ready() {
    if (!form.reportValidity()) return false;
    if (!text.value) refuse(form.dataset.empty);
    return Boolean(text.value);
  }

  function select() {
    text.focus();
    text.select();
    status.textContent = document.execCommand("copy") ? form.dataset.copied : form.dataset.selected;
  }

  if (send) {
    send.addEventListener("click", (event) => {
      if (!ready()) return event.preventDefault();
      status.textContent = long ? form.dataset.long : form.dataset.opened;
      asText.open = true;
    });
  }
  copy.addEventListener("click", () => {
    if (!ready()) return;
    if (!navigator.clipboard) return select();
    navigator.clipboard.writeText(text.value).then(() => (status.textContent = form.dataset.copied), select);
  });
  for (const button of form.querySelectorAll(".leave-out")) {
    button.addEventListener("click", () => {
      const item = button.closest("[data-item]");
      item.querySelector("input:checked").checked = false;
      item.querySelector("input").focus();
      update();
    });
  }
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("pageshow", update);
  for (const part of document.querySelectorAll(".scripted, .unscripted")) part.hidden = part.classList.contains("unscripted");
  document.documentElement.classList.add("scripted-page");
  update();
})();
