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
  if (id.startsWith("tab-")) {
    choose(id.slice(4));
    scrollTo({top: 0});
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

// What Gradio says by itself is English: it is said here in the page's own words. Lines that the server has written are kept.
const UNDONE = "没有办成：可能连不上服务器，或者服务器正忙。请看看网络，过一会儿再按一次；还不行就刷新页面（刷新以后案情要重新说）。";
const SAID = [[/maximum allowed size/i, "文件太大：最多 20 MB，请分成几份再传。"], [/[\u4e00-\u9fff]/, null], [/./, UNDONE]];
new MutationObserver(() => {
  for (const text of document.querySelectorAll(".toast-message-text:not([data-told])")) {
    text.dataset.told = "";
    const toast = text.closest(".toast-body");
    toast.querySelector(".toast-title")?.replaceChildren("没有办成");
    toast.querySelector(".toast-close")?.setAttribute("aria-label", "关闭");
    const [, said] = SAID.find(([words]) => words.test(text.textContent)) ?? [];
    if (said) text.replaceChildren(said);
  }
}).observe(document.body, {childList: true, subtree: true});
