// The catalogue's pages: they work without this, it copies texts and filters the list as one types.
import { copy, say } from "./page";

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", () => void copyBlock(button));
}

const search = document.querySelector<HTMLInputElement>("input[data-filters]");
if (search) {
  search.addEventListener("input", () => filterList(search));
  filterList(search);
}

async function copyBlock(button: HTMLButtonElement): Promise<void> {
  const block = document.getElementById(button.dataset["copies"] ?? "");
  if (!block) return;
  if (await copy(block.textContent ?? "")) {
    const label = button.textContent;
    button.textContent = say("copied");
    setTimeout(() => (button.textContent = label), 2000);
  } else {
    getSelection()?.selectAllChildren(block); // one key is left to press
  }
}

/** Hide the entries that lack one of the words typed, and the groups that are left empty. */
function filterList(input: HTMLInputElement): void {
  const wanted = fold(input.value).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const group of document.querySelectorAll<HTMLElement>("[data-group]")) {
    let left = 0;
    for (const entry of group.querySelectorAll<HTMLElement>("[data-entry]")) {
      const text = fold(entry.textContent ?? "");
      entry.hidden = !wanted.every((word) => text.includes(word));
      if (!entry.hidden) left += 1;
    }
    group.hidden = left === 0;
    shown += left;
  }
  const count = document.getElementById("shown");
  if (count) count.textContent = say("shown", { count: shown });
}

function fold(text: string): string {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d");
}
