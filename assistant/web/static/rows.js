// The rows of a batch and its bars: a press goes to the server with the button's data.
element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-page], button[data-verdict], button[data-item]");
  if (button) trigger("select", {...button.dataset});
});
