"use strict";
// Language and colours of the whole page, and the begin of all timelines in it.
{
  const root = document.documentElement;
  const views = [];

  function relabel() {
    for (const element of document.querySelectorAll("[data-say]")) {
      element.textContent = ProcessionTimeline.say(element.dataset.say);
    }
    for (const element of document.querySelectorAll("[data-label]")) {
      element.setAttribute("aria-label", ProcessionTimeline.say(element.dataset.label));
    }
    for (const element of document.querySelectorAll("[data-placeholder]")) {
      element.placeholder = ProcessionTimeline.say(element.dataset.placeholder);
    }
    for (const button of document.querySelectorAll("button[data-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === root.lang));
    }
    const title = document.querySelector("h1 [lang='" + root.lang + "']") || document.querySelector("h1");
    document.title = title ? title.textContent : document.title;
    for (const view of views) {
      view.relabel();
      view.tables();
    }
  }

  function remember(key, value) {
    try {
      localStorage.setItem("procession." + key, value);
    } catch (refused) {
      // A page that is opened from a file may have no storage: then it forgets.
    }
  }

  function remembered(key) {
    try {
      return localStorage.getItem("procession." + key);
    } catch (refused) {
      return null;
    }
  }

  function theme(name) {
    if (name === "auto") {
      delete root.dataset.theme;
    } else {
      root.dataset.theme = name;
    }
    document.querySelectorAll("select[data-theme-choice]").forEach((select) => (select.value = name));
    views.forEach((view) => view.recolor());
  }

  const language = remembered("language");
  if (language === "en" || language === "uk") {
    root.lang = language;
  }
  for (const button of document.querySelectorAll("button[data-language]")) {
    button.addEventListener("click", () => {
      root.lang = button.dataset.language;
      remember("language", root.lang);
      relabel();
    });
  }
  for (const select of document.querySelectorAll("select[data-theme-choice]")) {
    select.addEventListener("change", () => {
      remember("theme", select.value);
      theme(select.value);
    });
  }
  for (const section of document.querySelectorAll("section.timeline")) {
    const view = new ProcessionTimeline.View(section);
    ProcessionTimeline.tables(view);
    views.push(view);
  }
  ProcessionTimeline.views = views;
  theme(remembered("theme") || "auto");
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => views.forEach((view) => view.recolor()));
  relabel();
}
