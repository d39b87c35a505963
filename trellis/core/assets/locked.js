// A copy of what is typed that outlives the tab and is readable to nobody but whoever typed it: locked with a key that
// the hub gives to their own signed-in pages, and kept nowhere else. Old copies go by themselves.
const HOURS = 12;

export function lockedStore(key, hex) {
  if (!hex || !window.crypto?.subtle) return null;
  const bytes = Uint8Array.from(hex.match(/../g), (pair) => Number.parseInt(pair, 16));
  const lock = crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  return {
    locked: true,
    async put(text) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await lock, new TextEncoder().encode(text));
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), iv: [...iv], closed: [...new Uint8Array(closed)] }));
    },
    async get() {
      try {
        const { iv, closed } = JSON.parse(localStorage.getItem(key));
        const algorithm = { name: "AES-GCM", iv: Uint8Array.from(iv) };
        return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, await lock, Uint8Array.from(closed)));
      } catch {
        localStorage.removeItem(key);
        return null;
      }
    },
    drop: () => localStorage.removeItem(key),
  };
}

export function dropLocked(theirs) {
  for (const key of Object.keys(localStorage)) if (theirs(key) || isOld(key)) localStorage.removeItem(key);
}

function isOld(key) {
  if (!key.startsWith("trellis.draft.")) return false;
  try {
    return Date.now() - JSON.parse(localStorage.getItem(key)).at > HOURS * 3_600_000;
  } catch {
    return true;
  }
}
