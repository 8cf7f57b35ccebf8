// What the console's pages cannot do without a script: print, and say how many lines are ticked. Everything else works without it.
"use strict";

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
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
