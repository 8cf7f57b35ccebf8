// What the console's pages cannot do without a script: print, send a form once, and say how many lines are ticked. Everything else works without it.
"use strict";

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// A form pressed twice is sent once: the second answer would only say that somebody was faster.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 5000);
});

function tell() {
  const counted = document.querySelector("[data-counted]");
  if (!counted) return;
  const other = document.querySelector("#other").value.split("\n").filter((line) => line.trim()).length;
  counted.textContent = `已列 ${document.querySelectorAll("[data-count]:checked").length + other} 样`;
}

document.addEventListener("change", tell);
document.addEventListener("input", tell);
tell();
