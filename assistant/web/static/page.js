// The page's own behaviour. Enter while an input method is composing belongs to the input method and sends nothing.
document.documentElement.lang = "zh-CN";
// Gradio sends on keypress; some browsers say only in the keydown before it (229) that the key was the input method's.
let composing = false;
addEventListener("keydown", (event) => (composing = event.isComposing || event.keyCode === 229), true);
addEventListener("keypress", (event) => {
  if (event.key === "Enter" && (composing || event.isComposing)) event.stopImmediatePropagation();
}, true);

// Citations open the law tab and light their place; marks tell why, by mouse, by keyboard and by touch.
const choose = (name) => {
  const tabs = [...document.querySelectorAll('#tabs [role="tab"]')];
  const tab = tabs.find((found) => found.id === `tab-${name}-button` || found.textContent.trim() === name);
  if (tab && tab.getAttribute("aria-selected") !== "true") tab.click();
};
const placeOf = () => decodeURIComponent(location.hash.slice(1));

window.lightPlace = () => {
  const id = placeOf();
  if (!id.startsWith("law-")) return;
  for (const lit of document.querySelectorAll(".law .lit")) lit.classList.remove("lit");
  const place = document.getElementById(id);
  if (place) {
    place.classList.add("lit");
    place.tabIndex = -1;
    place.scrollIntoView({block: "center"});
    place.focus({preventScroll: true});
  }
  return place;
};
const openPlace = () => {
  if (!placeOf().startsWith("law-")) return;
  choose("law");
  const law = placeOf().includes(":") ? placeOf().slice(4).split(":")[0] : "";
  setTimeout(() => window.lightPlace() || (window.openLaw && window.openLaw(law)), 50);
};
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (!link) return;
  event.preventDefault();
  const id = decodeURIComponent(link.getAttribute("href").slice(1));
  if (id.startsWith("law-")) {
    if (placeOf() !== id) history.pushState({}, "", `#${encodeURIComponent(id)}`);
    openPlace();
    return;
  }
  const target = document.getElementById(id);
  if (!target) return;
  if (target.tagName === "DETAILS") target.open = true;
  target.scrollIntoView({block: "center", behavior: "smooth"});
});
addEventListener("popstate", () => (placeOf() ? openPlace() : choose("consult")));
openPlace();

const why = document.createElement("div");
why.id = "why";
why.setAttribute("role", "tooltip");
why.hidden = true;
document.body.append(why);
const tell = (mark) => {
  why.replaceChildren(...mark.dataset.why.split("\n").map((line) => Object.assign(document.createElement("p"), {textContent: line})));
  why.hidden = false;
  const at = mark.getClientRects()[0];
  const left = Math.max(8, Math.min(at.left, innerWidth - why.offsetWidth - 8));
  const above = at.top - why.offsetHeight - 8;
  why.style.left = `${left}px`;
  why.style.top = `${above > 8 ? above : at.bottom + 8}px`;
};
const hush = () => (why.hidden = true);
const markOf = (event) => event.target.closest && event.target.closest("mark[data-why]");
for (const name of ["mouseover", "focusin", "click"]) {
  document.addEventListener(name, (event) => {
    const mark = markOf(event);
    if (mark) tell(mark);
    else if (name === "click") hush();
  });
}
document.addEventListener("mouseout", (event) => markOf(event) && document.activeElement !== markOf(event) && hush());
document.addEventListener("focusout", hush);
document.addEventListener("keydown", (event) => event.key === "Escape" && hush());
addEventListener("scroll", hush, true);
