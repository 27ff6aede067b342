// Comfort for those who have scripts: completion, keys, copying a citation, the hit in view.
// Everything else is links and a form.
"use strict";

(() => {
  const query = document.getElementById("q");
  const list = document.getElementById("completion");
  const said = document.getElementById("said");

  // ---- completion: a combobox with a listbox (WAI-ARIA 1.2) ----
  let chosen = -1;
  let typed = "";
  let waiting = 0;
  let asked = null;

  query.setAttribute("role", "combobox");
  query.setAttribute("aria-controls", "completion");
  query.setAttribute("aria-autocomplete", "list");
  query.setAttribute("aria-expanded", "false");

  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    chosen = -1;
    query.setAttribute("aria-expanded", "false");
    query.removeAttribute("aria-activedescendant");
  };

  const choose = (index) => {
    const items = list.children;
    if (chosen >= 0 && items[chosen]) items[chosen].setAttribute("aria-selected", "false");
    chosen = index;
    if (index < 0) {
      query.value = typed;
      query.removeAttribute("aria-activedescendant");
      return;
    }
    items[index].setAttribute("aria-selected", "true");
    items[index].scrollIntoView({ block: "nearest" });
    query.setAttribute("aria-activedescendant", items[index].id);
    query.value = items[index].dataset.text;
  };

  const show = (suggestions) => {
    close();
    for (const [index, suggestion] of suggestions.entries()) {
      const item = document.createElement("li");
      item.id = "completion-" + index;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.text = suggestion.text;
      item.append(suggestion.text);
      if (suggestion.label) {
        const kind = document.createElement("span");
        kind.className = "kind";
        kind.append(suggestion.label);
        item.append(kind);
      }
      item.addEventListener("mousedown", (event) => {
        event.preventDefault();
        query.value = suggestion.text;
        query.form.requestSubmit();
      });
      list.append(item);
    }
    list.hidden = !suggestions.length;
    query.setAttribute("aria-expanded", String(suggestions.length > 0));
  };

  const ask = async () => {
    if (asked) asked.abort();
    typed = query.value;
    if (!typed.trim()) return close();
    asked = new AbortController();
    try {
      const answer = await fetch("/api/suggest?limit=8&q=" + encodeURIComponent(typed), {
        signal: asked.signal,
      });
      if (answer.ok && document.activeElement === query && query.value === typed)
        show((await answer.json()).suggestions);
    } catch {
      // the next key asks again
    }
  };

  query.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (!event.isComposing) waiting = setTimeout(ask, 120);
  });
  query.addEventListener("compositionend", ask);
  query.addEventListener("blur", close);
  query.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = list.children.length;
    if (event.key === "Escape" && !list.hidden) {
      choose(-1);
      close();
      event.preventDefault();
    } else if (event.key === "ArrowDown" && count) {
      choose(chosen + 1 < count ? chosen + 1 : -1);
      event.preventDefault();
    } else if (event.key === "ArrowUp" && count) {
      choose(chosen < 0 ? count - 1 : chosen - 1);
      event.preventDefault();
    } else if (event.key === "ArrowDown" && results.length) {
      move(1);
      event.preventDefault();
    }
  });
  query.form.addEventListener("submit", close);

  // ---- keys: / to the box, arrows through the results, Enter opens ----
  const results = [...document.querySelectorAll(".list > li")];
  let here = -1;

  const move = (step) => {
    const next = Math.min(Math.max(here + step, 0), results.length - 1);
    if (here >= 0) results[here].classList.remove("here");
    here = next;
    results[here].classList.add("here");
    results[here].querySelector("h2 a").focus({ preventScroll: true });
    results[here].scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.ctrlKey || event.metaKey || event.altKey || field) return;
    if (event.key === "/") {
      query.focus();
      query.select();
      event.preventDefault();
    } else if (results.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      if (event.key === "ArrowUp" && here <= 0) query.focus();
      else move(event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
    }
  });

  // ---- citations ----
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea"); // plain HTTP has no clipboard
      area.value = text;
      area.className = "unseen";
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };
  for (const button of document.querySelectorAll(".cite")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const label = button.textContent;
      await copy(button.dataset.citation);
      button.textContent = button.dataset.done;
      said.textContent = button.dataset.done + "：" + button.dataset.citation;
      setTimeout(() => (button.textContent = label), 1600);
      button.focus();
    });
  }

  // ---- reading: the section that is in view ----
  const links = new Map();
  for (const link of document.querySelectorAll(".contents a[href^='#']"))
    links.set(link.getAttribute("href").slice(1), link);
  if (links.size && "IntersectionObserver" in window) {
    let current = null;
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (!entry.isIntersecting || !links.has(entry.target.id)) continue;
          if (current) current.classList.remove("here");
          current = links.get(entry.target.id);
          current.classList.add("here");
        }
      },
      { rootMargin: "-15% 0px -70% 0px" },
    );
    for (const id of links.keys()) {
      const target = document.getElementById(id);
      if (target) observer.observe(target);
    }
  }

  // ---- phones: the filters are folded ----
  if (window.matchMedia("(max-width: 56rem)").matches)
    for (const filters of document.querySelectorAll(".filters, .contents details"))
      filters.removeAttribute("open");
})();
