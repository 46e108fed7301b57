// Loads the page again after each build, and shows what there is to mend.
(() => {
  // The build that this page was made for: if there was another one before we could listen, we are told at once; also
  // when the server comes back after a pause.
  const events = new EventSource("/procession/events" + new URL(document.currentScript.src).search);
  let overlay = null;
  events.addEventListener("built", () => location.reload());
  events.addEventListener("failed", event => {
    if (!overlay) {
      overlay = document.createElement("pre");
      overlay.id = "procession-problem";
      overlay.setAttribute("role", "alert");
      overlay.style.cssText =
        "position:fixed;inset:0;z-index:2147483647;margin:0;padding:2em;overflow:auto;" +
        "background:rgba(20,20,24,.95);color:#f4f4f4;font:14px/1.5 monospace;white-space:pre-wrap";
      document.body.append(overlay);
    }
    overlay.textContent = event.data;
  });
})();
