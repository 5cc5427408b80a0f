"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const tools = $("tools"), table = $("table"), body = $("rows"), reader = $("reader");
  if (!tools) return;
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const words = new Map();
  const textOf = (row) => {
    if (!words.has(row)) words.set(row, row.textContent.toLowerCase());
    return words.get(row);
  };
  const asked = (row) => row.cells[0].querySelector("span").textContent;
  const number = (row) => Number(row.dataset.n);
  const DISPUTES = new Set(["CONFLICT_HARD", "CONFLICT_SOFT", "MUTUAL_ACCUSATION", "TENSION"]);
  const collator = new Intl.Collator(undefined, { numeric: true });

  // Sources: those that are silent on all that is shown give up their place
  const sheet = document.styleSheets[0];
  const base = sheet.cssRules.length;
  const boxes = [...$("columns").querySelectorAll("input")];
  const sources = (shown) => {
    const narrowed = shown.length < rows.length;
    const kept = boxes.filter(
      (box, at) => box.checked && (!narrowed || shown.some((row) => row.cells[at + 2].firstChild)),
    );
    while (sheet.cssRules.length > base) sheet.deleteRule(base);
    for (const [at, box] of boxes.entries()) {
      if (kept.includes(box)) continue;
      const rule = `.matrix tr > :nth-child(${at + 3}), .matrix col:nth-child(${at + 3})`;
      sheet.insertRule(`${rule} { display: none; }`, base);
    }
    return kept.length;
  };

  // Filter
  const filter = () => {
    const found = $("find").value.toLowerCase().split(/\s+/).filter(Boolean);
    const result = $("by-result").value, source = $("by-source").value;
    const shown = [];
    for (const row of rows) {
      const status = row.dataset.s;
      const fits =
        (!result || status === result || (result === "dispute" && DISPUTES.has(status))) &&
        (source === "" || row.cells[Number(source) + 2].firstChild !== null) &&
        found.every((word) => textOf(row).includes(word));
      if (row.hidden === fits) row.hidden = !fits;
      if (fits) shown.push(row);
    }
    const kept = sources(shown);
    const count = (part, whole, noun) =>
      `${part.toLocaleString("en")} of ${whole.toLocaleString("en")} ${noun}`;
    $("count").textContent =
      `${count(shown.length, rows.length, "questions")}, ${count(kept, boxes.length, "sources")}`;
    $("nothing").hidden = shown.length > 0;
  };

  // Sort
  const KEYS = {
    number,
    result: (row) => Number(row.dataset.r),
    sources: (row) => -Number(row.dataset.k),
    text: asked,
  };
  const keyFor = (key) =>
    KEYS[key] || ((row) => {
      const cell = row.cells[Number(key) + 2];
      return cell.firstChild ? cell.querySelector("b").textContent : null;
    });
  const compare = (a, b) => (typeof a === "number" ? a - b : collator.compare(a, b));
  let sorted = { key: "number", down: false };
  const sort = (key, down) => {
    sorted = { key, down };
    const value = keyFor(key);
    const keyed = rows.map((row) => [value(row), row]);
    keyed.sort(([a, one], [b, other]) => {
      if (a === null || b === null) return (a === null) - (b === null) || number(one) - number(other);
      return (down ? -1 : 1) * compare(a, b) || number(one) - number(other);
    });
    body.append(...keyed.map(([, row]) => row));
    for (const head of heads) {
      if (head.dataset.key === key) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    $("order").value = key in KEYS ? key : "";
    $("scroller").scrollTop = 0;
  };
  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const key = head.dataset.key;
      sort(key, sorted.key === key && !sorted.down);
    });
  }

  const check = (checked) => {
    for (const box of boxes) box.checked = checked;
    filter();
  };
  $("columns").addEventListener("change", filter);
  $("all-columns").addEventListener("click", () => check(true));
  $("no-columns").addEventListener("click", () => check(false));

  let waiting = 0;
  $("find").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  });
  $("by-result").addEventListener("change", filter);
  $("by-source").addEventListener("change", filter);
  $("order").addEventListener("change", () => sort($("order").value, false));
  tools.addEventListener("submit", (event) => event.preventDefault());
  tools.addEventListener("reset", () => {
    setTimeout(() => {
      sort("number", false);
      filter();
    });
  });

  // Download
  const quoted = (text) => {
    const plain = text.replace(/\s+/g, " ").trim();
    const still = /^[=+\-@]/.test(plain) && !/^[+-]?[\d.,]+$/.test(plain) ? `'${plain}` : plain;
    return `"${still.replaceAll('"', '""')}"`;
  };
  const save = (name, lines) => {
    const text = lines.map((line) => line.map(quoted).join(",")).join("\r\n");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", text, "\r\n"], { type: "text/csv" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const ready = (within) => {
    for (const button of within.querySelectorAll("[data-download]")) button.hidden = false;
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-download]");
    if (!button) return;
    const figures = [...button.closest("figure").querySelector("table").rows];
    const cells = (row) => [...row.cells].map((cell) => cell.textContent);
    save(button.dataset.download, figures.map(cells));
  });
  const told = (cell) =>
    [...cell.querySelectorAll(".t")]
      .map((one) => [...one.children].filter((part) => part.className !== "who"))
      .map((parts) => parts.flatMap((part) => (part.matches("small") ? [...part.children] : [part])))
      .map((parts) => parts.map((part) => part.textContent.trim()).join("; "))
      .join(" | ");
  $("download").addEventListener("click", () => {
    const kept = boxes.filter((box) => box.checked).map((box) => Number(box.value));
    const name = (head) => head.querySelector("span").textContent;
    const lines = [["number", "question", "result", ...kept.map((at) => name(heads[at + 2]))]];
    for (const row of body.rows) {
      if (row.hidden) continue;
      const result = row.cells[1].querySelector(".chip").lastChild.textContent;
      lines.push([row.dataset.n, asked(row), result, ...kept.map((at) => told(row.cells[at + 2]))]);
    }
    save("matrix.csv", lines);
  });

  // In a large report the bodies of questions and documents come packed, deflated and in base 64,
  // each sort of part by itself; a body is built when it comes into sight, or is printed
  const later = new Map();
  const unpack = async (packed) => {
    const bytes = Uint8Array.from(atob(packed.textContent), (letter) => letter.charCodeAt(0));
    const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    const [ids, ...parts] = await new Response(plain).json();
    packed.remove();
    for (const [at, id] of ids.entries()) {
      later.set(id, parts.map((part) => part[at]).join(""));
      $(id).classList.add("later");
      sight.observe($(id));
    }
  };
  const draw = (id) => {
    if (!later.has(id)) return;
    const made = document.createElement("template");
    made.innerHTML = later.get(id);
    later.delete(id);
    ready(made.content);
    $(id).append(made.content);
    $(id).classList.remove("later");
  };
  const sight = new IntersectionObserver(
    (seen) => {
      for (const one of seen) {
        if (!one.isIntersecting) continue;
        sight.unobserve(one.target);
        draw(one.target.id);
      }
    },
    { rootMargin: "800px 0px" },
  );
  const documents = [...document.querySelectorAll("[data-last]")];
  const citing = (place) => documents.find((one) => place <= Number(one.dataset.last));
  const built = (id) => {
    const found = id.match(/^([cnpq])(\d+)/);
    if (found) draw("cq".includes(found[1]) ? `q${found[2]}` : citing(Number(found[2]))?.id);
    return $(id);
  };
  addEventListener("beforeprint", () => [...later.keys()].forEach(draw));

  // The words of a figure, beside the matrix
  let opener = null;
  const bare = (node) => {
    const copy = node.cloneNode(true);
    for (const part of [copy, ...copy.querySelectorAll("[id]")]) part.removeAttribute("id");
    return copy;
  };
  const made = (name, text, style) => {
    const node = document.createElement(name);
    node.textContent = text;
    if (style) node.className = style;
    return node;
  };
  const lead = (href, text) => {
    const link = made("a", text);
    link.href = href;
    const line = made("p", "", "quiet");
    line.append(link);
    return line;
  };
  const excerpt = (place) => {
    built(`p${place}`);
    const marks = [...document.querySelectorAll(`mark[data-p~="${place}"]`)];
    const lines = [...new Set(marks.map((mark) => mark.closest("p, blockquote")))];
    if (!lines.length) return [];
    const around = [lines[0].previousElementSibling, ...lines, lines.at(-1).nextElementSibling];
    const text = made("div", "", "text");
    const from = marks[0].closest("[lang]");
    if (from) text.lang = from.lang;
    text.append(...around.filter((line) => line && line.matches("p, blockquote")).map(bare));
    for (const mark of text.querySelectorAll(`mark[data-p~="${place}"]`)) mark.className = "now";
    for (const anchor of text.querySelectorAll(".anchor")) anchor.remove();
    const title = marks[0].closest(".document").querySelector("h3").textContent;
    return [made("h3", title), text, lead(`#p${place}`, "Read it in the whole text")];
  };
  const close = () => {
    reader.hidden = true;
    if (opener) {
      opener.closest(".t").classList.remove("here");
      opener.focus();
    }
    opener = null;
  };
  const open = (link) => {
    if (opener) opener.closest(".t").classList.remove("here");
    opener = link;
    const tag = link.dataset.c, row = link.closest("tr");
    const card = built(`c${tag}`);
    const place = link.getAttribute("href").match(/^#p(\d+)$/);
    const source = heads[link.closest("td").cellIndex].querySelector("span").textContent;
    $("reader-title").textContent = `${tag} · ${source}`;
    const parts = [made("p", asked(row), "asked")];
    parts[0].dir = "auto";
    if (card) parts.push(bare(card));
    const cited = card ? [...card.querySelectorAll(".cite")].map((one) => one.getAttribute("href").slice(2)) : [];
    for (const one of cited.length ? cited : place ? [place[1]] : []) parts.push(...excerpt(one));
    parts.push(lead(`#q${row.dataset.n}`, "Everything on this question"));
    $("reader-body").replaceChildren(...parts);
    link.closest(".t").classList.add("here");
    reader.hidden = false;
    reader.scrollTop = 0;
    $("reader-title").focus({ preventScroll: true });
    const now = reader.querySelector("mark.now");
    if (now) now.scrollIntoView({ block: "nearest" });
  };
  body.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-c]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    unpacked.then(() => open(link));
  });
  $("reader-close").addEventListener("click", close);
  reader.addEventListener("click", (event) => {
    if (event.target.closest("a[href^='#']")) {
      opener = null;
      close();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !reader.hidden) close();
  });

  // In a large page, what is built above a place as it comes into sight pushes it away for a moment
  const show = (node, place) => {
    let frames = packed ? 15 : 1;
    const again = () => {
      node.scrollIntoView(place);
      frames -= 1;
      if (frames > 0) requestAnimationFrame(again);
    };
    again();
  };

  // All parts of the passage that the address names
  const point = () => {
    const named = location.hash.length > 1 && built(location.hash.slice(1));
    if (packed && named && !location.hash.startsWith("#p")) show(named);
    const folded = named && named.closest("details");
    if (folded && !folded.open) {
      folded.open = true;
      named.scrollIntoView({ block: "center" });
    }
    for (const mark of document.querySelectorAll("main mark.now")) mark.classList.remove("now");
    const found = location.hash.match(/^#p(\d+)$/);
    if (!found) return;
    const marks = document.querySelectorAll(`main mark[data-p~="${found[1]}"]`);
    for (const mark of marks) mark.classList.add("now");
    if (marks.length) show(marks[0], { block: "center" });
  };
  window.addEventListener("hashchange", point);

  // The rows of a large matrix are laid out one by one, and so have to be named as rows
  if ($("scroller").matches(".large")) {
    table.role = "table";
    for (const part of [table.tHead, body]) part.role = "rowgroup";
    for (const row of table.rows) {
      row.role = "row";
      for (const cell of row.cells) cell.role = cell.matches("td") ? "cell" : `${cell.scope}header`.replace("col", "column");
    }
  }

  const packed = $("packed");
  if (packed) $("still-packed").hidden = true;
  const unpacked = (packed ? unpack(packed) : Promise.resolve()).catch(() => {
    $("still-packed").hidden = false;
  });
  ready(document);
  tools.hidden = false;
  filter();
  unpacked.then(point);
})();
