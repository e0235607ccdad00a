// The result panel: a press goes to the server with the button's data; what was folded open, and the focus, outlive a new result.
const folds = new Map();
let pressed = null;
element.addEventListener("toggle", (event) => {
  const key = event.target.dataset && event.target.dataset.key;
  if (key) folds.set(key, event.target.open);
}, true);
element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (!button) return;
  pressed = button.dataset.key;
  trigger("select", {...button.dataset});
  if (button.dataset.act === "ask") {
    const box = document.querySelector("#told textarea");
    box.focus();
    box.scrollIntoView({block: "center", behavior: "smooth"});
  }
});
watch("value", () => {
  for (const fold of element.querySelectorAll("details[data-key]")) {
    if (folds.has(fold.dataset.key)) fold.open = folds.get(fold.dataset.key);
  }
  if (pressed) {
    const again = [...element.querySelectorAll("[data-act]")].find((button) => button.dataset.key === pressed);
    const back = element.querySelector('[data-act="back"]');
    (again || back || document.querySelector("#told textarea")).focus({preventScroll: true});
    if (back && !again) element.scrollIntoView({block: "start", behavior: "smooth"});
  }
  pressed = null;
});
