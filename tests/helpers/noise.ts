import { createHash } from "node:crypto";

/** Text that no compression makes much shorter: letters, digits and hyphens, the same at every run. */
export function noise(letters: number, salt = ""): string {
    const blocks = Array.from({ length: Math.ceil(letters / 43) }, (_, n) =>
        createHash("sha256").update(`${salt}${n}`).digest("base64url").replaceAll("_", "-"),
    );
    return blocks.join("").slice(0, letters);
}
