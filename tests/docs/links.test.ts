import { expect } from "chai";
import { existsSync } from "node:fs";
import path from "node:path";

import { pages, readPage, root } from "./pages";

/** Targets of links and pictures that lie in the repository, with the page that links to them. */
function localLinks(page: string): readonly string[] {
    const prose = readPage(page).replaceAll(/^```.*?^```$/gms, "");
    return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, target = ""]) => target)
        .filter((target) => !/^[a-z]+:/.test(target));
}

/** As GitHub makes them. */
function anchors(page: string): readonly string[] {
    return [...readPage(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
        heading
            .toLowerCase()
            .replaceAll(/[^\w\- ]/g, "")
            .replaceAll(" ", "-"),
    );
}

describe("Links in the pages", () => {
    for (const page of pages) {
        it(`${page}: lead to files and headings that exist`, () => {
            const broken = localLinks(page).filter((link) => {
                const [file = "", anchor] = link.split("#");
                const target = file === "" ? page : path.join(path.dirname(page), file);
                const exists = existsSync(path.join(root, target));
                return !exists || (anchor !== undefined && !anchors(target).includes(anchor));
            });
            expect(broken).to.be.empty;
        });
    }
});
