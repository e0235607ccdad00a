// The conversation: the newest turn is brought to the top, read out once, and can be copied with its notice.
const spoken = Object.assign(document.createElement("p"), {className: "spoken"});
spoken.setAttribute("aria-live", "polite");
element.parentElement.append(spoken);
element.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button || !navigator.clipboard) return;
  const answer = button.closest(".turn").querySelector(".answer");
  await navigator.clipboard.writeText(`${answer.textContent}\n（研判助手生成，辅助研判，不是处理决定）`);
  button.textContent = "已复制";
});
watch("value", () => {
  const log = element.querySelector(".log");
  const turns = element.querySelectorAll(".turn");
  const last = turns[turns.length - 1];
  if (!last) return;
  const own = [...turns].reverse().find((turn) => turn.classList.contains("user"));
  log.scrollTop = (own && last.classList.contains("bot") ? own : last).offsetTop - 8;
  const said = last.querySelector(".answer > p");
  if (said && last.classList.contains("bot")) spoken.textContent = said.textContent;
});
