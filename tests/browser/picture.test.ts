import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import axe from "axe-core";
import { expect } from "chai";
import { chromium, type Browser, type Page } from "playwright-core";

import type { PictureFacts } from "../../automation/picture/facts";
import { renderPicture } from "../../automation/picture/page";
import { makeFolder, removeFolders } from "../helpers/project";
import { pictureOf, troubledPicture } from "../helpers/pictureFacts";

/** Debian's, from its package `chromium`. */
const executablePath = "/usr/bin/chromium";
const widths = [360, 800, 1600];
const schemes = ["light", "dark"] as const;

const pictures: Readonly<Record<string, PictureFacts>> = {
    "one host": pictureOf(1),
    "sixty hosts": pictureOf(60),
    "three hosts and much trouble": troubledPicture(3),
    nothing: pictureOf(0, { services: [], runs: [], image: undefined, lease: undefined }),
    "names without a blank": withLongNames(pictureOf(2)),
};

function withLongNames(facts: PictureFacts): PictureFacts {
    const long = "x".repeat(255);
    return {
        ...facts,
        environment: long.slice(0, 100),
        services: facts.services.map((service) => ({ ...service, name: long })),
        hosts: facts.hosts.map((host) => ({ ...host, tasks: [{ name: long, count: 3 }], lacks: long })),
        remarks: [long],
    };
}

interface Opened {
    readonly page: Page;
    /** What the page has said or asked for, that it should not have. */
    readonly complaints: readonly string[];
}

describe("the picture of an environment in a browser", () => {
    let browser: Browser | undefined;

    before(async () => {
        if (!existsSync(executablePath)) {
            throw new Error(`there is no ${executablePath}: apt-get install chromium`);
        }
        // Its sandbox wants what containers do not give, and nothing is opened but pages of these tests.
        browser = await chromium.launch({ executablePath, chromiumSandbox: false });
    });

    after(async () => {
        await browser?.close();
        removeFolders();
    });

    async function open(
        facts: PictureFacts,
        look: {
            readonly width?: number;
            readonly colorScheme?: "light" | "dark";
            readonly javaScriptEnabled?: boolean;
        },
    ): Promise<Opened> {
        const file = path.join(makeFolder(), "picture.html");
        writeFileSync(file, renderPicture(facts));
        const { width = 800, ...options } = look;
        if (browser === undefined) {
            throw new Error("the browser has not started");
        }
        const page = await browser.newPage({ viewport: { width, height: 900 }, ...options });
        const address = pathToFileURL(file).href;
        const complaints: string[] = [];
        page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
        page.on("pageerror", (error) => complaints.push(error.message));
        page.on("request", (request) => {
            if (request.url() !== address) {
                complaints.push(`request: ${request.url()}`);
            }
        });
        await page.goto(address, { waitUntil: "load" });
        return { page, complaints };
    }

    /** How many pixels of the page are out of sight to the right, folded or not. */
    async function overflow(page: Page): Promise<number> {
        return page.evaluate<number>(`(() => {
            document.querySelectorAll("details").forEach((one) => { one.open = true; });
            return document.documentElement.scrollWidth - document.documentElement.clientWidth;
        })()`);
    }

    for (const [name, facts] of Object.entries(pictures)) {
        for (const width of widths) {
            it(`${name}, ${width} px wide: fits, says nothing to the console, and asks for nothing`, async () => {
                const { page, complaints } = await open(facts, { width });
                expect(await overflow(page)).to.equal(0);
                expect(complaints).to.deep.equal([]);
                await page.close();
            });
        }
        for (const colorScheme of schemes) {
            it(`${name}, ${colorScheme}: can be read by everybody, with a contrast of 4.5 to 1 at least`, async () => {
                const { page } = await open(facts, { colorScheme });
                await overflow(page);
                await page.evaluate(axe.source);
                const violations = await page.evaluate<string[]>(`axe.run(document, {
                    runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"],
                }).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
                    nodes.map(({ target, failureSummary }) => id + " " + target + ": " + failureSummary)))`);
                expect(violations).to.deep.equal([]);
                await page.close();
            });
        }
    }

    it("dark is another picture than light, by the browser's own setting", async () => {
        const grounds = [];
        for (const colorScheme of schemes) {
            const { page } = await open(pictureOf(1), { colorScheme });
            grounds.push(await page.evaluate<string>("getComputedStyle(document.body).backgroundColor"));
            await page.close();
        }
        expect(grounds[0]).to.not.equal(grounds[1]);
    });

    it("has every host of sixty, also without JavaScript, and folds open by hand", async () => {
        const { page, complaints } = await open(pictureOf(60), { javaScriptEnabled: false });
        for (let number = 1; number <= 60; number += 1) {
            expect(await page.locator(`.host strong:text-is("Host ${number}")`).count()).to.equal(1);
        }
        const last = page.locator('.host strong:text-is("Host 60")');
        expect(await last.isVisible()).to.equal(false);
        await page.locator(".subnet summary").last().click();
        expect(await last.isVisible()).to.equal(true);
        expect(complaints).to.deep.equal([]);
        await page.close();
    });

    it("with JavaScript opens and closes all that is folded by one button", async () => {
        const { page } = await open(pictureOf(60), {});
        const folded = () => page.locator("details:not([open])").count();
        await page.getByRole("button", { name: "Open all" }).click();
        expect(await folded()).to.equal(0);
        await page.getByRole("button", { name: "Close all" }).click();
        expect(await page.locator("details[open]").count()).to.equal(0);
        await page.close();
    });

    it("prints light and whole: what is folded is on the paper", async () => {
        const { page } = await open(pictureOf(60), { colorScheme: "dark", javaScriptEnabled: false });
        await page.emulateMedia({ media: "print", colorScheme: "dark" });
        expect(await page.locator('.host strong:text-is("Host 60")').boundingBox())
            .to.have.property("height")
            .above(0);
        const ground = await page.evaluate("getComputedStyle(document.body).backgroundColor");
        expect(ground).to.equal("rgb(255, 255, 255)");
        await page.close();
    });

    it("runs no script that has come with a name", async () => {
        const name = `<img src="x" onerror="document.title='broken in'"><script>document.title='broken in'</script>`;
        const facts = pictureOf(2);
        const { page, complaints } = await open(
            { ...facts, services: facts.services.map((service) => ({ ...service, name })) },
            {},
        );
        expect(await page.title()).to.equal("alice: ready");
        expect(complaints).to.deep.equal([]);
        expect(await page.locator(".service strong").first().textContent()).to.equal(name);
        await page.close();
    });
});
