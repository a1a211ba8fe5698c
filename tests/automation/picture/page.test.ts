import { createHash } from "node:crypto";

import { expect } from "chai";
import { Parser } from "htmlparser2";

import type { PictureFacts } from "../../../automation/picture/facts";
import { renderPicture } from "../../../automation/picture/page";
import { expectGolden } from "../../helpers/golden";
import { pictureOf, troubledPicture } from "../../helpers/pictureFacts";

interface Element {
    readonly name: string;
    readonly attributes: Readonly<Record<string, string>>;
    text: string;
}

/** The elements of a page in their order, each with the text that is in it alone. */
function elementsOf(page: string): readonly Element[] {
    const all: Element[] = [];
    const open: Element[] = [];
    const parser = new Parser({
        onopentag: (name, attributes) => {
            const element = { name, attributes, text: "" };
            all.push(element);
            open.push(element);
        },
        ontext: (text) => {
            const last = open.at(-1);
            if (last !== undefined) {
                last.text += text;
            }
        },
        onclosetag: () => open.pop(),
    });
    parser.end(page);
    expect(open, "every element is closed").to.be.empty;
    return all;
}

/** What comes from elsewhere, as somebody would write it who wants more than to be read. */
const hostile = `"'><script>alert(1)</script><img src=x onerror=alert(2)>&lt;`;

/** The same facts with hostile words put to all that is text; what decides the form of the page stays. */
function withHostileWords(value: unknown, key = ""): unknown {
    if (Array.isArray(value)) {
        return value.map((one) => withHostileWords(one, key));
    }
    if (typeof value === "object" && value !== null && !(value instanceof Date)) {
        return Object.fromEntries(
            Object.entries(value).map(([name, one]) => [name, withHostileWords(one, name)]),
        );
    }
    const decides = ["tone", "stage", "outcome", "result", "step", "startedAt", "endedAt"];
    return typeof value === "string" && !decides.includes(key) ? `${value}${hostile}` : value;
}

describe("renderPicture", () => {
    it("draws a small environment", () => {
        expectGolden("picture/one.html", renderPicture(pictureOf(1)));
    });

    it("makes no element and no attribute of what it is told", () => {
        const facts = troubledPicture(3);
        const form = (page: string) =>
            elementsOf(page).map(({ name, attributes }) => `${name} ${Object.keys(attributes).join(" ")}`);
        const attacked = renderPicture(withHostileWords(facts) as PictureFacts);
        expect(attacked).to.contain("&lt;script&gt;alert(1)");
        expect(form(attacked)).to.deep.equal(form(renderPicture(facts)));
    });

    it("has a place for every host, however many there are", () => {
        const page = renderPicture(pictureOf(60));
        const names = elementsOf(page)
            .filter(({ name }) => name === "strong")
            .map(({ text }) => text);
        for (let number = 1; number <= 60; number += 1) {
            expect(names).to.include(`Host ${number}`);
        }
    });

    it("shows a host that is not ready before those that are, and never folds it", () => {
        const facts = pictureOf(60);
        const hosts = facts.hosts.map((host) =>
            host.number === 58 ? { ...host, state: { text: "no agent", tone: "doubtful" } as const } : host,
        );
        const page = renderPicture({ ...facts, hosts });
        const [before] = page.split("<details");
        expect(before).to.contain("<strong>Host 58</strong>").and.contain("no agent");
    });

    it("groups hosts by VPC, zone and subnet, also where AWS did not tell of the subnets", () => {
        const page = renderPicture({ ...pictureOf(2), subnets: [] });
        expect(page).to.contain("VPC unknown");
        const headings = elementsOf(page).filter(({ name }) => name === "h3");
        expect(headings.map(({ text }) => text.trim())).to.deep.equal(["eu-central-1a", "eu-central-1b"]);
    });

    it("says what is not there", () => {
        const page = renderPicture(
            pictureOf(0, { services: [], runs: [], image: undefined, lease: undefined }),
        );
        expect(page)
            .to.contain("No hosts are there.")
            .and.contain("No services are there.")
            .and.contain("Nothing is known of the host image.")
            .and.contain("No run is known.")
            .and.contain("none: it stays until it is destroyed");
    });

    it("says of a run that was killed that it has no end, and how far it came", () => {
        const killed = pictureOf(1).runs.map((run) => ({ ...run, outcome: "brokenOff" as const }));
        const page = renderPicture(pictureOf(1, { runs: killed }));
        // The run of these pictures is drawn over 150 s.
        expect(page).to.contain("ended without an end").and.contain("broke off after 2 min 30 s");
        expect(page).to.contain("create instance role");
        const going = killed.map((run) => ({ ...run, outcome: "underWay" as const }));
        expect(renderPicture(pictureOf(1, { runs: going })))
            .to.contain("no end yet")
            .and.contain("2 min 30 s so far");
    });

    it("allows a browser its own style and script alone, and names nothing to fetch", () => {
        const elements = elementsOf(renderPicture(troubledPicture(3)));
        const checksums = elements
            .filter(({ name }) => name === "style" || name === "script")
            .map(
                ({ name, text }) =>
                    `${name}-src 'sha256-${createHash("sha256").update(text).digest("base64")}'`,
            );
        const policy = elements.find(({ attributes }) => "http-equiv" in attributes)?.attributes["content"];
        expect(policy).to.equal(
            ["default-src 'none'", ...checksums, "base-uri 'none'", "form-action 'none'"].join("; "),
        );
        const names = new Set(elements.flatMap(({ attributes }) => Object.keys(attributes)));
        for (const name of ["src", "href", "style", "action", "srcset", "onclick"]) {
            expect([...names]).to.not.include(name);
        }
    });
});
