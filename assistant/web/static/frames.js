// Gradio's status tracker counts seconds in a callback of every frame, and goes on when what was loading is there: an open page
// would never rest. Once a second is enough.
const frame = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (callback) =>
  /performance\.now\(\)-[^;]{1,12}\/1e3/.test(String(callback))
    ? setTimeout(() => callback(performance.now()), 1000)
    : frame(callback);
