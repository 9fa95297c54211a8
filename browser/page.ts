// What the server wrote into the page for the scripts: words in the reader's language, addresses.

/** Return the element of an id; the template and the script are of one version. */
export function element<E extends HTMLElement>(id: string, kind: new () => E): E {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page lacks #${id}`);
  return found;
}

/** Make an element with its attributes and what it holds. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const words: Record<string, string> = JSON.parse(
  document.getElementById("words")?.textContent ?? "{}",
);

/** Tell whether there are words for a key. */
export function canSay(key: string): boolean {
  return key in words;
}

/** Return a phrase in the language of the page, with what stands in braces filled in. */
export function say(key: string, values: Record<string, string | number> = {}): string {
  const phrase = words[key] ?? key;
  return phrase.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Return a number as the language of the page writes it. */
export function written(number: number): string {
  return number.toLocaleString(document.documentElement.lang || "vi");
}

/** Put a text on the clipboard; false where the browser forbids it. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // no permission, or a page that did not come over HTTPS
  }
}
